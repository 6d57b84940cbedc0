// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IConsortiumGovernor} from "../../contracts/interfaces/IConsortiumGovernor.sol";
import {Admission, MemberClass} from "../../contracts/interfaces/IMemberRegistry.sol";
import {Rule, Tally, TieBreak, Verdict} from "../../contracts/interfaces/IRulebook.sol";
import {Consortium, Question} from "./Consortium.sol";

/// @notice What a tally says beside the votes: who is recused, how the chair voted, how the countries did.
contract CountingTest is Consortium {
    bytes32 private constant TIED = "tied";
    bytes32 private constant DOUBLE = "double";

    function setUp() public override {
        super.setUp();
        Rule memory rule = _plainRule();
        (rule.majorityNumerator, rule.majorityDenominator, rule.strict) = (1, 2, true);
        rule.tie = TieBreak.Chair;
        _kindUnder(TIED, ASSEMBLY, rule);
        rule = _plainRule();
        (rule.countryNumerator, rule.countryDenominator) = (3, 4);
        _kindUnder(DOUBLE, ASSEMBLY, rule);
    }

    // ------------------------------------------------------------------------------------------------ Electorate

    function test_electorate_follows_the_roll_up_to_the_snapshot_and_no_further() public {
        Question memory question = _put(MATTER);
        registry.found(_admissions(11, 11), DOCUMENT);
        vm.assertEq(general.tallyOf(question.id).entitled, 8, "as of a second ago");
        _goTo(_now() + 1);
        vm.assertEq(general.tallyOf(question.id).entitled, 9, "a second later");
        _open(general, question.id);
        registry.found(_admissions(12, 13), DOCUMENT);
        registry.recordExit(8);
        _goTo(_now() + 1);
        vm.assertEq(general.tallyOf(question.id).entitled, 9, "after the snapshot");
    }

    function test_member_has_no_vote_before_its_admission_whatever_changed_since() public {
        uint48 before = _now();
        _goTo(before + 1);
        registry.found(_admissions(11, 11), DOCUMENT);
        _goTo(before + 2);
        registry.grantSeat(BOARD, 11, 0);
        _goTo(before + 3);
        vm.assertEq(general.getVotes(_wallet(11), before), 0, "before");
        vm.assertEq(general.getVotes(_wallet(11), before + 1), 1, "from then on");
    }

    function test_board_takes_signed_ballots_of_its_seats_alone() public {
        uint16 kindId = _kindUnder("board", BOARD, _plainRule());
        Question memory question = _file(board, 4, _resolution(kindId));
        _open(board, question.id);
        bytes memory signature = _signedBallot(board, 1, question.id, FOR);
        board.castVoteBySig(question.id, FOR, _wallet(1), signature);
        signature = _signedBallot(board, 4, question.id, FOR);
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorNoVotingRight.selector);
        board.castVoteBySig(question.id, FOR, _wallet(4), signature);
        vm.assertEq(board.tallyOf(question.id).forVotes, 1, "votes");
    }

    // ----------------------------------------------------------------------------------------------------- Chair

    function test_chair_breaks_a_tie_where_the_rule_says_so() public {
        for (uint16 chair = 1; chair <= 2; ++chair) {
            registry.setChair(ASSEMBLY, chair);
            Question memory question = _opened(TIED);
            vm.assertEq(general.tallyOf(question.id).chairSupport, 3, "silent chair");
            _vote(question.id, 3 - chair, AGAINST);
            _vote(question.id, chair, FOR);
            vm.assertEq(general.tallyOf(question.id).chairSupport, 1, "chair");
            vm.assertTrue(general.verdictOf(question.id) == Verdict.Adopted, "verdict");
        }
    }

    function test_tie_without_a_chair_is_no_majority() public {
        Question memory question = _opened(TIED);
        _vote(question.id, 1, AGAINST);
        _vote(question.id, 2, FOR);
        vm.assertEq(general.tallyOf(question.id).chairSupport, 3, "chair");
        vm.assertTrue(general.verdictOf(question.id) == Verdict.Rejected, "verdict");
    }

    // ------------------------------------------------------------------------------------------------- Countries

    function test_countries_are_counted_where_the_rule_asks_for_them() public {
        Question memory question = _opened(DOUBLE);
        _voteAll(question.id, 1, 6, FOR); // countries 1, 2, 3, 0, 1, 2
        _vote(question.id, 7, AGAINST); // a tie in country 3
        vm.assertEq(general.tallyOf(question.id).countries, 4, "countries");
        vm.assertEq(general.tallyOf(question.id).countriesFor, 3, "countries for");
        vm.assertTrue(general.verdictOf(question.id) == Verdict.Adopted, "at its number");
        _vote(question.id, 8, AGAINST); // a tie in country 0
        vm.assertTrue(general.verdictOf(question.id) == Verdict.Rejected, "one below");
        vm.prank(_wallet(1));
        registry.rotateWallet(vm.addr(500));
        vm.assertEq(general.tallyOf(question.id).countries, 4, "countries after a rotation");
    }

    function test_first_and_last_of_the_roll_count_for_their_countries() public {
        registry.found(_admissions(11, 11), DOCUMENT);
        _goTo(_now() + 1);
        Question memory question = _opened(DOUBLE);
        _vote(question.id, 1, FOR);
        vm.assertEq(general.tallyOf(question.id).countriesFor, 1, "country of the first");
        _vote(question.id, 11, FOR);
        vm.assertEq(general.tallyOf(question.id).countriesFor, 2, "country of the last");
    }

    function test_every_pair_of_letters_is_a_country_of_its_own() public {
        bytes2[5] memory countries = [bytes2("AA"), "AZ", "ZA", "ZZ", "IS"];
        for (uint256 i = 0; i < countries.length; ++i) {
            _found(11 + i, MemberClass.Partner, countries[i]);
        }
        _goTo(_now() + 1);
        Question memory question = _opened(DOUBLE);
        vm.assertEq(general.tallyOf(question.id).countries, 9, "countries");
        _voteAll(question.id, 11, 15, FOR);
        vm.assertEq(general.tallyOf(question.id).countriesFor, 5, "countries for");
    }

    function test_country_counts_by_its_electors_that_take_part() public {
        _found(11, MemberClass.Associate, "AA");
        _goTo(_now() + 1);
        Question memory question = _opened(DOUBLE);
        vm.assertEq(general.tallyOf(question.id).countries, 4, "an associate brings no country");
        for (uint256 memberId = 4; memberId <= 8; memberId += 4) {
            vm.assertEq(general.tallyOf(question.id).countries, 4, "countries");
            vm.prank(_wallet(memberId));
            general.recuse(question.id);
        }
        vm.assertEq(general.tallyOf(question.id).countries, 3, "both of a country take no part");
    }

    function test_countries_are_not_counted_where_nobody_asks() public {
        Question memory question = _opened(MATTER);
        _voteAll(question.id, 1, 8, FOR);
        Tally memory tally = general.tallyOf(question.id);
        vm.assertTrue(tally.countries == 0 && tally.countriesFor == 0, "countries");
    }

    // -------------------------------------------------------------------------------------------------- Recusals

    /// @dev Members 16 and 48 have the last bytes of their words, 17 and 49 the first ones; 49 is the last of the roll.
    function test_recused_members_are_taken_out_wherever_their_byte_is() public {
        registry.found(_admissions(11, 49), DOCUMENT);
        _goTo(_now() + 1);
        Question memory question = _opened(MATTER);
        uint256[5] memory members = [uint256(1), 16, 17, 48, 49];
        for (uint16 i = 0; i < 5; ++i) {
            vm.prank(_wallet(members[i]));
            general.recuse(question.id);
            Tally memory tally = general.tallyOf(question.id);
            vm.assertTrue(tally.recused == i + 1 && tally.entitled == 46 - i, "tally");
        }
    }

    // -------------------------------------------------------------------------------------------------- Private

    function _found(uint256 number, MemberClass class, bytes2 country) private {
        Admission[] memory admissions = new Admission[](1);
        admissions[0] = Admission(_wallet(number), class, country, bytes32(number), "Organisation");
        registry.found(admissions, DOCUMENT);
    }
}
