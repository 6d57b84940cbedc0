// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {Phase} from "../interfaces/IConsortiumGovernor.sol";
import {IRulebook, Rule, Tally, Verdict} from "../interfaces/IRulebook.sol";
import {Approval, Docket, ProposalFile, Sequel} from "../types/ProposalFile.sol";
import {Counting} from "./Counting.sol";
import {Judgment} from "./Judgment.sol";

/// @notice A proposal judged as it stands.
struct Findings {
    Tally tally;
    Verdict verdict;
    Phase phase; // after the deadline, before it is queued
    uint48 bindingAt; // last second in which it does not bind yet; 0 if nothing says when it will, or if it never does
    uint256 ballotsNeeded; // for the quorum
}

/// @title What becomes of a proposal after its deadline, as long as it is not queued. Decides only; stores nothing.
/// @dev One function for each place from which something leads on:
///
///     judged ──┬─▶ NoQuorum, Rejected, Consulted
///              └─▶ adopted by the votes ──┬─▶ Vetoed       while a veto stands
///                                         ├─▶ NotApproved  the outside authority refused
///                                         ├─▶ Adopted      up to `bindingAt`, or while an objection stands
///                                         └─▶ AwaitingApproval ──▶ Binding
library Outcomes {
    /// @notice Time to object to corrected minutes.
    uint48 internal constant MINUTES_OBJECTION = 15 days;

    function ruleOf(ProposalFile storage file, Docket memory docket) internal view returns (Rule memory rule) {
        (,, rule) = IRulebook(docket.rulebook).rule(file.meta().ruleId());
    }

    /// @notice Judges as if voting had ended.
    function judge(
        ProposalFile storage file,
        Docket memory docket,
        Rule memory rule
    )
        internal
        view
        returns (Findings memory findings)
    {
        Tally memory tally = Counting.tally(file, docket, rule);
        Sequel memory sequel = file.sequel;
        findings.tally = tally;
        findings.verdict = Judgment.judge(rule, tally);
        findings.phase = _phaseOf(findings.verdict, sequel, docket, rule);
        findings.bindingAt = rule.binding ? bindingAt(sequel, docket, rule) : 0;
        findings.ballotsNeeded = Judgment.ballotsNeededRoundedUp(rule, tally.entitled, tally.attempt);
    }

    /// @notice Last second in which an adopted decision does not bind yet; 0 while nothing says when it will.
    function bindingAt(Sequel memory sequel, Docket memory docket, Rule memory rule) internal pure returns (uint48) {
        if (sequel.objected) return 0;
        uint48 wait = docket.deadline + (rule.standstill > rule.vetoWindow ? rule.standstill : rule.vetoWindow);
        if (sequel.correctedAt == 0) return wait;
        uint48 accepted = sequel.correctedAt + MINUTES_OBJECTION;
        return accepted > wait ? accepted : wait;
    }

    function _phaseOf(
        Verdict verdict,
        Sequel memory sequel,
        Docket memory docket,
        Rule memory rule
    )
        private
        view
        returns (Phase)
    {
        if (verdict == Verdict.NoQuorum) return Phase.NoQuorum;
        if (verdict == Verdict.Rejected) return Phase.Rejected;
        if (verdict == Verdict.Consulted) return Phase.Consulted;
        return _fromAdoptedByVotes(sequel, docket, rule);
    }

    function _fromAdoptedByVotes(
        Sequel memory sequel,
        Docket memory docket,
        Rule memory rule
    )
        private
        view
        returns (Phase)
    {
        if (sequel.vetoes != 0) return Phase.Vetoed;
        if (rule.externalApproval && sequel.approval == Approval.Refused) return Phase.NotApproved;
        uint48 lastSecond = bindingAt(sequel, docket, rule);
        if (lastSecond == 0 || Time.timestamp() <= lastSecond) return Phase.Adopted;
        return rule.externalApproval && sequel.approval == Approval.None ? Phase.AwaitingApproval : Phase.Binding;
    }
}
