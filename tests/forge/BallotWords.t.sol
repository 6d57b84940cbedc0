// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Choice} from "../../contracts/interfaces/IConsortiumGovernor.sol";
import {BallotWords} from "../../contracts/libraries/BallotWords.sol";
import {Ballot, MOST_REVISIONS, RECUSED_BALLOT, mandated} from "../../contracts/types/Ballot.sol";
import {Proof} from "./Proof.sol";

/// @notice Nobody is counted twice and nobody's ballot is another's, for every word and every member there can be.
/// @dev `check_…` is proven by halmos; a `test…` of the same sentence lets forge try it too, and measures coverage.
contract BallotWordsTest is Proof {
    using BallotWords for uint256;

    // ------------------------------------------------------------------------------------------------- Counting

    /// @dev Compares with counting byte by byte, without branches: a solver would follow each of them.
    function check_count_is_the_number_of_bytes_of_each_choice(uint256 word) public pure {
        (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes) = word.count();
        (uint256 against, uint256 inFavour, uint256 abstain) = (0, 0, 0);
        for (uint256 lane = 0; lane < 32; ++lane) {
            uint256 low = (word >> (8 * lane)) & 1;
            uint256 high = (word >> (8 * lane + 1)) & 1;
            unchecked {
                against += low & (1 - high);
                inFavour += high & (1 - low);
                abstain += low & high;
            }
        }
        assert(againstVotes == against && forVotes == inFavour && abstainVotes == abstain);
    }

    function test_count_is_the_number_of_bytes_of_each_choice(uint256 word) public pure {
        check_count_is_the_number_of_bytes_of_each_choice(word);
    }

    /// @dev Whatever stood in the member's byte before, it is counted once, as what it says now.
    function check_a_ballot_is_counted_once_as_what_it_says_last(
        uint256 word,
        uint16 memberId,
        uint8 value
    )
        public
        pure
    {
        vm.assume(memberId > 0);
        (uint256 against, uint256 inFavour, uint256 abstain) = word.put(memberId, Ballot.wrap(0)).count();
        (uint256 against_, uint256 inFavour_, uint256 abstain_) = word.put(memberId, Ballot.wrap(value)).count();
        Choice choice = Ballot.wrap(value).choice();
        assert(against_ == against + (choice == Choice.Against ? 1 : 0));
        assert(inFavour_ == inFavour + (choice == Choice.For ? 1 : 0));
        assert(abstain_ == abstain + (choice == Choice.Abstain ? 1 : 0));
    }

    function test_a_ballot_is_counted_once_as_what_it_says_last(
        uint256 word,
        uint16 memberId,
        uint8 value
    )
        public
        pure
    {
        check_a_ballot_is_counted_once_as_what_it_says_last(word, memberId, value);
    }

    function check_ballots_without_the_mandated_are_those_of_their_own(uint256 word, uint8 lane) public pure {
        vm.assume(lane < 32);
        Ballot ballot = Ballot.wrap(uint8(word >> (8 * uint256(lane))));
        Ballot left = Ballot.wrap(uint8(word.withoutMandated() >> (8 * uint256(lane))));
        assert(left.choice() == (ballot.byMandate() ? Choice.None : ballot.choice()));
        assert(left.isRecused() == ballot.isRecused());
    }

    function test_ballots_without_the_mandated_are_those_of_their_own(uint256 word, uint8 lane) public pure {
        check_ballots_without_the_mandated_are_those_of_their_own(word, lane % 32);
    }

    function check_recused_lanes_are_those_of_recused_ballots(uint256 word, uint8 lane) public pure {
        vm.assume(lane < 32);
        bool recused = Ballot.wrap(uint8(word >> (8 * uint256(lane)))).isRecused();
        assert((word.recusedLanes() >> (8 * uint256(lane))) & 0xff == (recused ? 1 : 0));
    }

    function test_recused_lanes_are_those_of_recused_ballots(uint256 word, uint8 lane) public pure {
        check_recused_lanes_are_those_of_recused_ballots(word, lane % 32);
    }

    // --------------------------------------------------------------------------------------------------- Places

    function check_a_ballot_reads_back_as_it_was_put(uint256 word, uint16 memberId, uint8 value) public pure {
        vm.assume(memberId > 0);
        assert(Ballot.unwrap(word.put(memberId, Ballot.wrap(value)).ballotAt(memberId)) == value);
    }

    function test_a_ballot_reads_back_as_it_was_put(uint256 word, uint16 memberId, uint8 value) public pure {
        check_a_ballot_reads_back_as_it_was_put(word, memberId, value);
    }

    function check_two_members_never_share_a_byte(uint16 memberId, uint16 otherId) public pure {
        vm.assume(memberId > 0 && otherId > 0 && memberId != otherId);
        bool sameByte = BallotWords.indexOf(memberId) == BallotWords.indexOf(otherId)
            && uint256(0).put(memberId, Ballot.wrap(255)) == uint256(0).put(otherId, Ballot.wrap(255));
        assert(!sameByte);
    }

    function test_two_members_never_share_a_byte(uint16 memberId, uint16 otherId) public pure {
        check_two_members_never_share_a_byte(memberId, otherId);
    }

    function check_a_ballot_leaves_every_other_byte(uint256 word, uint16 memberId, uint8 value) public pure {
        vm.assume(memberId > 0);
        uint256 changed = word ^ word.put(memberId, Ballot.wrap(value));
        uint256 own = uint256(0).put(memberId, Ballot.wrap(255));
        assert(changed & ~own == 0);
    }

    function test_a_ballot_leaves_every_other_byte(uint256 word, uint16 memberId, uint8 value) public pure {
        check_a_ballot_leaves_every_other_byte(word, memberId, value);
    }

    /// @dev The lower half of word 0 belongs to the proposal's terms.
    function check_no_ballot_touches_the_terms(uint16 memberId, uint8 value) public pure {
        vm.assume(memberId > 0 && BallotWords.indexOf(memberId) == 0);
        uint256 word = uint256(0).put(memberId, Ballot.wrap(value));
        assert(word & type(uint128).max == 0 && word.withoutMeta() == word);
    }

    function test_no_ballot_touches_the_terms(uint8 memberId, uint8 value) public pure {
        check_no_ballot_touches_the_terms(uint16(within(memberId, 1, 16)), value);
    }

    function check_terms_are_never_counted(uint128 terms, uint128 ballots) public pure {
        uint256 word = (uint256(ballots) << 128) | terms;
        assert(word.withoutMeta() == uint256(ballots) << 128);
    }

    function test_terms_are_never_counted(uint128 terms, uint128 ballots) public pure {
        check_terms_are_never_counted(terms, ballots);
    }

    function check_the_byte_of_a_member_is_that_member_s(uint16 memberId) public pure {
        vm.assume(memberId > 0);
        uint256 position = uint256(memberId) + 15;
        assert(BallotWords.indexOf(memberId) == position / 32);
        assert(BallotWords.memberAt(position / 32, position % 32) == memberId);
    }

    function test_the_byte_of_a_member_is_that_member_s(uint16 memberId) public pure {
        vm.assume(memberId > 0);
        check_the_byte_of_a_member_is_that_member_s(memberId);
    }

    function test_bytes_of_the_terms_belong_to_nobody(uint8 byteNumber) public pure {
        vm.assertEq(BallotWords.memberAt(0, byteNumber % 16), 0, "member of the terms");
    }

    // -------------------------------------------------------------------------------------------------- One byte

    function check_own_ballot_says_its_choice_and_counts_itself(uint8 before, uint8 support) public pure {
        vm.assume(support < 4 && (before >> 3) < MOST_REVISIONS + 1);
        Ballot ballot = Ballot.wrap(before).revised(Choice(support));
        assert(ballot.choice() == Choice(support));
        assert(ballot.revision() == (before >> 3) + 1);
        assert(!ballot.byMandate() && !ballot.isRecused());
    }

    function test_own_ballot_says_its_choice_and_counts_itself(uint8 before, uint8 support) public pure {
        check_own_ballot_says_its_choice_and_counts_itself(before % 248, support % 4);
    }

    function check_ballot_by_mandate_says_so_and_leaves_the_nonce(uint8 support) public pure {
        vm.assume(support > 0 && support < 4);
        Ballot ballot = mandated(Choice(support));
        assert(ballot.choice() == Choice(support));
        assert(ballot.byMandate() && !ballot.isRecused() && ballot.revision() == 0);
    }

    function test_ballot_by_mandate_says_so_and_leaves_the_nonce(uint8 support) public pure {
        check_ballot_by_mandate_says_so_and_leaves_the_nonce(1 + support % 3);
    }

    function test_recused_is_no_ballot() public pure {
        vm.assertTrue(RECUSED_BALLOT.isRecused() && !RECUSED_BALLOT.byMandate(), "recused");
        vm.assertTrue(RECUSED_BALLOT.choice() == Choice.None, "choice of a recused member");
        vm.assertEq(RECUSED_BALLOT.revision(), 0, "revision of a recused member");
    }
}
