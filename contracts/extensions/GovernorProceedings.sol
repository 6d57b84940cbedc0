// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Acts} from "../Acts.sol";
import {IConsortiumGovernor, VetoGround} from "../interfaces/IConsortiumGovernor.sol";
import {GovernorFurtherCalls} from "./GovernorFurtherCalls.sol";

/// @title Acts beside the ballots: recusal, early close, vetoes, minutes, objections, approval from outside.
/// @dev All is done in {Acts}, which reads this call again.
abstract contract GovernorProceedings is GovernorFurtherCalls {
    /// @dev As in OpenZeppelin's `GovernorPreventLateQuorum`, so that indexers see the new deadline.
    event ProposalExtended(uint256 indexed proposalId, uint64 extendedDeadline);

    /// @inheritdoc IConsortiumGovernor
    function recuse(uint256 proposalId) external override {
        _perform(proposalId);
    }

    /// @inheritdoc IConsortiumGovernor
    function close(uint256 proposalId) external override {
        _perform(proposalId);
        emit ProposalExtended(proposalId, clock());
    }

    /// @inheritdoc IConsortiumGovernor
    function veto(uint256 proposalId, VetoGround, bytes32) external override {
        _perform(proposalId);
    }

    /// @inheritdoc IConsortiumGovernor
    function withdrawVeto(uint256 proposalId) external override {
        _perform(proposalId);
    }

    /// @inheritdoc IConsortiumGovernor
    function recordMinutes(uint256 proposalId, bytes32) external override {
        _perform(proposalId);
    }

    /// @inheritdoc IConsortiumGovernor
    function objectToMinutes(uint256 proposalId, bytes32) external override {
        _perform(proposalId);
    }

    /// @inheritdoc IConsortiumGovernor
    function recordApproval(uint256 proposalId, bool, bytes32) external override {
        _perform(proposalId);
    }

    function _perform(uint256 proposalId) private {
        Acts.perform(_files[proposalId], _docketOf(proposalId), _msgData());
    }
}
