// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Acts} from "../Acts.sol";
import {IConsortiumGovernor, Phase} from "../interfaces/IConsortiumGovernor.sol";
import {Tally, Verdict} from "../interfaces/IRulebook.sol";
import {Findings} from "../libraries/Outcomes.sol";
import {GovernorFiling} from "./GovernorFiling.sol";

/// @title Judging: what the ballots amount to under the rule the proposal was opened under.
/// @dev Where a proposal stands is computed, never stored. `IGovernor.state` on the left, ours on the right:
///
///     Pending ── Pending     Defeated ── NoQuorum, Rejected, Vetoed, NotApproved            Queued ──── Queued
///     Active ─── Open        Succeeded ─ Consulted, Adopted, AwaitingApproval, Binding      Executed ── Executed
///     Canceled ─ Withdrawn
abstract contract GovernorJudgment is GovernorFiling {
    /// @inheritdoc IConsortiumGovernor
    function proposalVotes(uint256 proposalId)
        external
        view
        override
        returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes)
    {
        Tally memory tally = _judge(proposalId).tally;
        return (tally.againstVotes, tally.forVotes, tally.abstainVotes);
    }

    /// @inheritdoc IConsortiumGovernor
    function tallyOf(uint256 proposalId) external view override returns (Tally memory) {
        return _judge(proposalId).tally;
    }

    /// @inheritdoc IConsortiumGovernor
    function verdictOf(uint256 proposalId) external view override returns (Verdict) {
        return _judge(proposalId).verdict;
    }

    /// @inheritdoc IConsortiumGovernor
    function phaseOf(uint256 proposalId) external view override returns (Phase) {
        ProposalState current = state(proposalId);
        if (current == ProposalState.Pending) return Phase.Pending;
        if (current == ProposalState.Active) return Phase.Open;
        if (current == ProposalState.Canceled) return Phase.Withdrawn;
        if (current == ProposalState.Queued) return Phase.Queued;
        if (current == ProposalState.Executed) return Phase.Executed;
        return _judge(proposalId).phase;
    }

    /// @inheritdoc IConsortiumGovernor
    function quorumOf(uint256 proposalId) external view override returns (uint256) {
        return _judge(proposalId).ballotsNeeded;
    }

    /// @inheritdoc IConsortiumGovernor
    function bindingAt(uint256 proposalId) external view override returns (uint48) {
        return _judge(proposalId).bindingAt;
    }

    /// @dev The quorum is a part of the one judgment in {_voteSucceeded}.
    function _quorumReached(uint256) internal pure override returns (bool) {
        return true;
    }

    /// @dev What has been queued was judged when it was queued, and no ballot can change after the deadline. While
    /// it is being queued the one judgment is in {_queueOperations}.
    function _voteSucceeded(uint256 proposalId) internal view override returns (bool) {
        if (msg.sig == this.queue.selector || proposalEta(proposalId) != 0) return true;
        return _judge(proposalId).phase >= Phase.Consulted;
    }

    function _judge(uint256 proposalId) private view returns (Findings memory) {
        return Acts.judge(_files[proposalId], _docketOf(proposalId));
    }
}
