// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {IConsortiumGovernor, Phase} from "../interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry} from "../interfaces/IMemberRegistry.sol";
import {Rule, Tally, Verdict} from "../interfaces/IRulebook.sol";
import {Docket, ProposalFile} from "../types/ProposalFile.sol";
import {BallotWords} from "./BallotWords.sol";
import {Counting} from "./Counting.sol";
import {Judgment} from "./Judgment.sol";

/// @title Ending a vote whose outcome is certain.
library EarlyClose {
    /// @notice Moves the deadline to this second, which still belongs to voting.
    function close(ProposalFile storage file, Docket memory docket, Rule memory rule, Phase phase) internal {
        if (phase != Phase.Open || file.meta().closedEarly()) {
            revert IConsortiumGovernor.ConsortiumGovernorUnexpectedPhase(docket.proposalId, phase);
        }
        if (!rule.earlyClose || !_isCertain(file, docket, rule)) {
            revert IConsortiumGovernor.ConsortiumGovernorOutcomeOpen(docket.proposalId);
        }
        file.setMeta(file.meta().withClosedEarly());
        file.sequel.closedAt = Time.timestamp();
        emit IConsortiumGovernor.ProposalClosedEarly(docket.proposalId, Time.timestamp());
    }

    /// @dev Who may still change the outcome: members without a ballot, and principals, whose own ballot replaces the
    /// one cast for them. If all of them voting for, and all of them voting against, leave the verdict as it is, so
    /// does everything between: a vote for only helps, a vote against helps least, and each ballot only adds to the
    /// quorum.
    function _isCertain(ProposalFile storage file, Docket memory docket, Rule memory rule)
        private
        view
        returns (bool)
    {
        Tally memory current = Counting.tally(file, docket, rule);
        Verdict verdict = Judgment.judge(rule, current);
        Tally memory fixed_ = _ownBallots(file, docket);
        uint32 open = current.entitled - Judgment.participating(fixed_);
        return verdict == Judgment.judge(rule, _with(current, fixed_, 0, open))
            && verdict == Judgment.judge(rule, _with(current, fixed_, open, 0));
    }

    function _ownBallots(ProposalFile storage file, Docket memory docket) private view returns (Tally memory counted) {
        uint256 last = BallotWords.indexOf(IMemberRegistry(docket.registry).memberCount());
        for (uint256 index = 0; index <= last; ++index) {
            Counting.add(counted, BallotWords.withoutMandated(Counting.wordAt(file, index)));
        }
    }

    function _with(
        Tally memory current,
        Tally memory fixed_,
        uint32 forVotes,
        uint32 againstVotes
    )
        private
        pure
        returns (Tally memory supposed)
    {
        supposed.entitled = current.entitled;
        supposed.attempt = current.attempt;
        supposed.chairSupport = current.chairSupport;
        supposed.abstainVotes = fixed_.abstainVotes;
        supposed.forVotes = fixed_.forVotes + forVotes;
        supposed.againstVotes = fixed_.againstVotes + againstVotes;
    }
}
