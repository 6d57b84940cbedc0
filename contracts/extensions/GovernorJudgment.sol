// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/Governor.sol";
import {Acts} from "../Acts.sol";
import {IConsortiumGovernor, Phase} from "../interfaces/IConsortiumGovernor.sol";
import {Verdict} from "../interfaces/IRulebook.sol";
import {GovernorFiling} from "./GovernorFiling.sol";

/// @title Judging: what the ballots amount to under the rule the proposal was opened under.
/// @dev Where a proposal stands is computed, never stored. `IGovernor.state` on the left, ours on the right:
///
///     Pending ── Pending          Defeated ── NoQuorum, Rejected        Queued ──── Queued
///     Active ─── Open             Succeeded ─ Consulted, Binding        Executed ── Executed
///     Canceled ─ Withdrawn
abstract contract GovernorJudgment is GovernorFiling {
    /// @inheritdoc IConsortiumGovernor
    function verdictOf(uint256 proposalId) public view override returns (Verdict) {
        Acts.Electorate memory electorate = _electorateOf(proposalId);
        uint16 ruleId = _metaOf(proposalId).ruleId();
        return Acts.verdict(_wordsOf(proposalId), electorate, rulebook, ruleId);
    }

    /// @inheritdoc IConsortiumGovernor
    function phaseOf(uint256 proposalId) external view override returns (Phase) {
        ProposalState current = state(proposalId);
        if (current == ProposalState.Pending) return Phase.Pending;
        if (current == ProposalState.Active) return Phase.Open;
        if (current == ProposalState.Canceled) return Phase.Withdrawn;
        if (current == ProposalState.Queued) return Phase.Queued;
        if (current == ProposalState.Executed) return Phase.Executed;
        return _phaseOfVerdict(verdictOf(proposalId));
    }

    /// @inheritdoc IConsortiumGovernor
    function quorumOf(uint256 proposalId) external view override returns (uint256) {
        return Acts.ballotsNeeded(_electorateOf(proposalId), rulebook, _metaOf(proposalId).ruleId());
    }

    /// @inheritdoc IGovernor
    /// @dev Ballots needed under the body's default rule; a proposal's own is {quorumOf}.
    function quorum(uint256 timepoint) public view override returns (uint256) {
        uint48 second = timepoint > type(uint48).max ? type(uint48).max : uint48(timepoint);
        return Acts.ballotsNeeded(Acts.Electorate(registry, bodyId, second), rulebook, _defaultRuleId());
    }

    /// @dev The quorum is a part of the one judgment in {_voteSucceeded}.
    function _quorumReached(uint256) internal pure override returns (bool) {
        return true;
    }

    /// @dev What has been queued was judged when it was queued, and no ballot can change after the deadline.
    function _voteSucceeded(uint256 proposalId) internal view override returns (bool) {
        if (proposalEta(proposalId) != 0) return true;
        Verdict verdict = verdictOf(proposalId);
        return verdict == Verdict.Adopted || verdict == Verdict.Consulted;
    }

    function _phaseOfVerdict(Verdict verdict) private pure returns (Phase) {
        if (verdict == Verdict.NoQuorum) return Phase.NoQuorum;
        if (verdict == Verdict.Rejected) return Phase.Rejected;
        return verdict == Verdict.Consulted ? Phase.Consulted : Phase.Binding;
    }
}
