// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Choice} from "../interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry} from "../interfaces/IMemberRegistry.sol";
import {Rule, Tally} from "../interfaces/IRulebook.sol";
import {Docket, ProposalFile} from "../types/ProposalFile.sol";
import {ProposalMeta} from "../types/ProposalMeta.sol";
import {BallotWords} from "./BallotWords.sol";
import {Countries} from "./Countries.sol";
import {Electors} from "./Electors.sol";
import {Judgment} from "./Judgment.sol";

/// @title Counting: what the ballots of a proposal add up to. Nothing of it is stored.
library Counting {
    uint8 private constant NO_CHAIR_BALLOT = 3;

    /// @notice The tally; countries are counted only where the rule asks for them.
    function tally(
        ProposalFile storage file,
        Docket memory docket,
        Rule memory rule
    )
        internal
        view
        returns (Tally memory counted)
    {
        uint16 members = IMemberRegistry(docket.registry).memberCount();
        uint256 last = BallotWords.indexOf(members);
        for (uint256 index = 0; index <= last; ++index) {
            uint256 word = wordAt(file, index);
            if (word == 0) continue;
            add(counted, word);
            counted.recused += _recusedIn(docket, index, BallotWords.recusedLanes(word), members);
        }
        ProposalMeta meta = file.meta();
        counted.entitled = Electors.entitled(docket) - counted.recused;
        counted.attempt = meta.attempt();
        counted.chairSupport = _supportOf(file, meta.chairId());
        if (Judgment.asksCountries(rule)) {
            (counted.countries, counted.countriesFor) = Countries.count(file, docket, members);
        }
    }

    /// @notice A word of ballots alone.
    function wordAt(ProposalFile storage file, uint256 index) internal view returns (uint256) {
        return index == 0 ? BallotWords.withoutMeta(file.ballots[0]) : file.ballots[index];
    }

    /// @notice Adds a word of ballots to the tally.
    function add(Tally memory counted, uint256 word) internal pure {
        (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes) = BallotWords.count(word);
        counted.againstVotes += uint32(againstVotes); // at most 32 each
        counted.forVotes += uint32(forVotes);
        counted.abstainVotes += uint32(abstainVotes);
    }

    /// @dev How many of a word's recused belong to the electorate: who lost its vote before the snapshot is not in it
    /// and must not be taken out of it again.
    function _recusedIn(
        Docket memory docket,
        uint256 index,
        uint256 lanes,
        uint16 members
    )
        private
        view
        returns (uint32 recused)
    {
        for (uint256 byteNumber = 0; lanes != 0; ++byteNumber) {
            uint256 memberId = BallotWords.memberAt(index, byteNumber);
            bool marked = lanes & 1 != 0 && memberId <= members;
            if (marked && Electors.isEntitled(docket, uint16(memberId))) ++recused;
            lanes >>= 8;
        }
    }

    function _supportOf(ProposalFile storage file, uint16 chairId) private view returns (uint8) {
        if (chairId == 0) return NO_CHAIR_BALLOT;
        Choice choice = file.ballotOf(chairId).choice();
        return choice == Choice.None ? NO_CHAIR_BALLOT : uint8(choice) - 1;
    }
}
