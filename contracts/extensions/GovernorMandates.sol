// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Acts} from "../Acts.sol";
import {IConsortiumGovernor} from "../interfaces/IConsortiumGovernor.sol";
import {GovernorProceedings} from "./GovernorProceedings.sol";

/// @title Ballots cast for others by their mandate; {Acts} reads this call again.
abstract contract GovernorMandates is GovernorProceedings {
    /// @inheritdoc IConsortiumGovernor
    function castMandate(uint256 proposalId, uint16, uint8, string calldata) external override {
        _castMandates(proposalId);
    }

    /// @inheritdoc IConsortiumGovernor
    function castVoteWithMandates(
        uint256 proposalId,
        uint8 support,
        string calldata reason,
        uint16[] calldata
    )
        external
        override
    {
        _castVote(proposalId, _msgSender(), support, reason);
        _castMandates(proposalId);
    }

    function _castMandates(uint256 proposalId) private {
        Acts.castMandates(_files[proposalId], _docketOf(proposalId), _msgData());
    }
}
