// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IMemberRegistry} from "./interfaces/IMemberRegistry.sol";
import {IRulebook, Rule, Tally, Verdict} from "./interfaces/IRulebook.sol";
import {BallotWords} from "./libraries/BallotWords.sol";
import {Judgment} from "./libraries/Judgment.sol";

/// @title What a governor does that its own bytecode has no room for; linked, runs on the governor's storage.
library Acts {
    /// @dev What counting needs beside the ballots.
    struct Electorate {
        address registry;
        uint8 bodyId;
        uint48 timepoint;
    }

    /// @notice Counts the ballots of a proposal; `ballots` are its words, word 0 with the proposal data.
    function tally(
        mapping(uint256 index => uint256 word) storage ballots,
        Electorate calldata electorate
    )
        external
        view
        returns (Tally memory)
    {
        return _tally(ballots, electorate);
    }

    /// @notice Judges the tally by a version of a rule.
    function verdict(
        mapping(uint256 index => uint256 word) storage ballots,
        Electorate calldata electorate,
        address rulebook,
        uint16 ruleId
    )
        external
        view
        returns (Verdict)
    {
        (,, Rule memory rule) = IRulebook(rulebook).rule(ruleId);
        return Judgment.judge(rule, _tally(ballots, electorate));
    }

    /// @notice Least number of ballots that reaches the quorum of a version of a rule.
    function ballotsNeeded(
        Electorate calldata electorate,
        address rulebook,
        uint16 ruleId
    )
        external
        view
        returns (uint256)
    {
        (,, Rule memory rule) = IRulebook(rulebook).rule(ruleId);
        return Judgment.ballotsNeededRoundedUp(rule, _entitled(electorate));
    }

    /// @dev Members admitted since the snapshot have no ballots; their words are zero.
    function _tally(
        mapping(uint256 index => uint256 word) storage ballots,
        Electorate calldata electorate
    )
        private
        view
        returns (Tally memory counted)
    {
        counted.entitled = uint32(_entitled(electorate)); // at most 65,535 members
        uint256 last = BallotWords.indexOf(IMemberRegistry(electorate.registry).memberCount());
        _add(counted, BallotWords.withoutMeta(ballots[0]));
        for (uint256 index = 1; index <= last; ++index) {
            _add(counted, ballots[index]);
        }
    }

    function _add(Tally memory counted, uint256 word) private pure {
        if (word == 0) return;
        (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes) = BallotWords.count(word);
        counted.againstVotes += uint32(againstVotes); // at most 32 each
        counted.forVotes += uint32(forVotes);
        counted.abstainVotes += uint32(abstainVotes);
    }

    function _entitled(Electorate calldata electorate) private view returns (uint256) {
        return IMemberRegistry(electorate.registry).entitledAt(electorate.bodyId, electorate.timepoint);
    }
}
