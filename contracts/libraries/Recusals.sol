// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Choice, IConsortiumGovernor, Phase} from "../interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry, MemberStatus} from "../interfaces/IMemberRegistry.sol";
import {Ballot, RECUSED_BALLOT} from "../types/Ballot.sol";
import {mayVote} from "../types/Membership.sol";
import {Docket, ProposalFile} from "../types/ProposalFile.sol";
import {Electors} from "./Electors.sol";
import {Refusals} from "./Refusals.sol";

/// @title Members out of numerator and denominator: named by the action, or by their own declaration.
library Recusals {
    /// @notice Marks the member that the action names.
    function mark(ProposalFile storage file, uint256 proposalId, uint16 memberId) internal {
        file.setBallot(memberId, RECUSED_BALLOT);
        emit IConsortiumGovernor.MemberRecused(proposalId, memberId, false);
    }

    /// @notice The sender's member declares an interest before it has a ballot, and before voting is over.
    function declare(ProposalFile storage file, Docket memory docket, Phase phase) internal {
        uint16 memberId = _requireMayDeclare(docket, phase);
        Ballot previous = file.ballotOf(memberId);
        if (previous.isRecused()) {
            revert IConsortiumGovernor.ConsortiumGovernorRecused(docket.proposalId, memberId);
        }
        if (previous.choice() != Choice.None) {
            revert IConsortiumGovernor.ConsortiumGovernorAlreadyVoted(docket.proposalId, memberId);
        }
        file.setBallot(memberId, RECUSED_BALLOT);
        emit IConsortiumGovernor.MemberRecused(docket.proposalId, memberId, true);
    }

    /// @dev An elector; before the electorate is settled, a member that votes in the body now.
    function _requireMayDeclare(Docket memory docket, Phase phase) private view returns (uint16) {
        if (phase == Phase.Open) return Electors.requireElector(docket, msg.sender);
        if (phase == Phase.Pending) return _requireVoting(docket);
        revert IConsortiumGovernor.ConsortiumGovernorUnexpectedPhase(docket.proposalId, phase);
    }

    function _requireVoting(Docket memory docket) private view returns (uint16) {
        (uint16 memberId, bool revoked, MemberStatus status,, uint32 rights) =
            IMemberRegistry(docket.registry).standing(msg.sender, docket.snapshot);
        Refusals.raise(Electors.refusalOfWallet(msg.sender, memberId, revoked));
        if (!mayVote(status)) Refusals.raise(Electors.refusalOfStatus(memberId, status, docket.bodyId));
        if ((rights >> docket.bodyId) & 1 == 0) Refusals.raise(Refusals.noVotingRight(memberId, docket.bodyId));
        return memberId;
    }
}
