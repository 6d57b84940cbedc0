// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Acts} from "../Acts.sol";
import {IConsortiumGovernor} from "../interfaces/IConsortiumGovernor.sol";
import {GovernorProceedings} from "./GovernorProceedings.sol";

/// @title Ballots for others, and ballots that are none: mandates, recusal, the early end of a vote.
abstract contract GovernorMandates is GovernorProceedings {
    /// @dev As in OpenZeppelin's `GovernorPreventLateQuorum`, so that indexers see the new deadline.
    event ProposalExtended(uint256 indexed proposalId, uint64 extendedDeadline);

    /// @inheritdoc IConsortiumGovernor
    function castMandate(
        uint256 proposalId,
        uint16 principalId,
        uint8 support,
        string calldata reason
    )
        external
        override
    {
        uint16[] memory principalIds = new uint16[](1);
        principalIds[0] = principalId;
        _castMandates(proposalId, principalIds, support, reason);
    }

    /// @inheritdoc IConsortiumGovernor
    function castVoteWithMandates(
        uint256 proposalId,
        uint8 support,
        string calldata reason,
        uint16[] calldata principalIds
    )
        external
        override
    {
        _castVote(proposalId, _msgSender(), support, reason);
        _castMandates(proposalId, principalIds, support, reason);
    }

    /// @inheritdoc IConsortiumGovernor
    function recuse(uint256 proposalId) external override {
        Acts.recuse(_files[proposalId], _docketOf(proposalId));
    }

    /// @inheritdoc IConsortiumGovernor
    function close(uint256 proposalId) external override {
        Acts.close(_files[proposalId], _docketOf(proposalId));
        emit ProposalExtended(proposalId, clock());
    }

    function _castMandates(
        uint256 proposalId,
        uint16[] memory principalIds,
        uint8 support,
        string memory reason
    )
        private
    {
        Acts.castMandates(_files[proposalId], _docketOf(proposalId), principalIds, support, reason);
    }
}
