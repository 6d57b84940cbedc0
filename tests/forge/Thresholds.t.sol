// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IConsortiumGovernor, Phase} from "../../contracts/interfaces/IConsortiumGovernor.sol";
import {Base, Rule, Tally, TieBreak, Verdict} from "../../contracts/interfaces/IRulebook.sol";
import {Consortium, Question} from "./Consortium.sol";

/// @notice Every threshold by real ballots of three hundred entitled members: one less than its number, its number, one
/// more. What is judged is the proposal as it stands, and at the end the closed one.
/// @dev Members 1 to 8 and 11 to 302 vote; the country of a member is that of its number modulo 4, seventy-five each.
contract ThresholdsTest is Consortium {
    bytes32 private constant EDGE = "edge";
    uint256 private constant ENTITLED = 300;

    uint256 private _cast; // how many have voted on the question

    function setUp() public override {
        super.setUp();
        registry.found(_admissions(11, 302), DOCUMENT);
        _goTo(_now() + 1);
    }

    // ----------------------------------------------------------------------------------------------------- Quorum

    function test_quorum_of_two_thirds_is_two_hundred_of_three_hundred() public {
        Rule memory rule = _plainRule();
        (rule.quorumNumerator, rule.quorumDenominator) = (2, 3);
        Question memory question = _ask(rule);
        vm.assertEq(general.quorumOf(question.id), 200, "ballots needed");
        _ballots(question, 199, FOR);
        _requireVerdict(question, Verdict.NoQuorum);
        _ballots(question, 1, FOR);
        _requireVerdict(question, Verdict.Adopted);
        _ballots(question, 1, FOR);
        _requireVerdict(question, Verdict.Adopted);
        _requireClosed(question, Phase.Binding);
    }

    function test_quorum_counts_ballots_of_any_choice() public {
        Rule memory rule = _plainRule();
        (rule.quorumNumerator, rule.quorumDenominator) = (2, 3);
        Question memory question = _ask(rule);
        _ballots(question, 2, FOR);
        _ballots(question, 1, AGAINST);
        _ballots(question, 196, ABSTAIN);
        _requireVerdict(question, Verdict.NoQuorum);
        _ballots(question, 1, ABSTAIN);
        _requireVerdict(question, Verdict.Adopted); // two thirds of three
    }

    // --------------------------------------------------------------------------------------------------- Majority

    function test_majority_of_the_votes_cast() public {
        _requireMajority(Base.Cast, false, 0, 90, 180); // 180 of 270
    }

    function test_abstentions_do_not_weigh_among_the_votes_cast() public {
        _requireMajority(Base.Cast, false, 30, 80, 160); // 160 of 240
    }

    function test_majority_of_the_ballots_handed_in() public {
        _requireMajority(Base.Participating, false, 30, 60, 180); // 180 of 270
    }

    function test_majority_of_all_entitled() public {
        _requireMajority(Base.Entitled, false, 0, 0, 200); // 200 of 300
    }

    function test_strict_majority_needs_one_more() public {
        _requireMajority(Base.Cast, true, 0, 90, 181);
    }

    function test_strict_majority_of_all_entitled_needs_one_more() public {
        _requireMajority(Base.Entitled, true, 0, 99, 201);
    }

    function test_fifty_one_percent_of_three_hundred_is_a_hundred_and_fifty_three() public {
        Rule memory rule = _plainRule();
        (rule.majorityNumerator, rule.majorityDenominator, rule.base) = (51, 100, Base.Entitled);
        _requireReachedAt(_ask(rule), 153);
    }

    // ------------------------------------------------------------------------------------------ Silence, casting vote

    function test_silence_consents_until_a_hundred_of_three_hundred_are_against() public {
        Rule memory rule = _plainRule();
        (rule.silenceConsents, rule.base) = (true, Base.Entitled);
        Question memory question = _ask(rule);
        _ballots(question, 99, AGAINST);
        _requireVerdict(question, Verdict.Adopted);
        _ballots(question, 1, AGAINST);
        _requireVerdict(question, Verdict.Adopted); // just two thirds are left
        _ballots(question, 1, AGAINST);
        _requireVerdict(question, Verdict.Rejected);
        _requireClosed(question, Phase.Rejected);
    }

    function test_chair_decides_a_tie_and_nothing_beside_it() public {
        Question memory question = _askUnderChair();
        _vote(question.id, 1, FOR); // the chair
        _cast = 1;
        _ballots(question, 149, AGAINST);
        _ballots(question, 147, FOR);
        _requireVerdict(question, Verdict.Rejected); // one less
        _ballots(question, 1, FOR);
        _requireVerdict(question, Verdict.Adopted); // as many
        _ballots(question, 1, FOR);
        _requireVerdict(question, Verdict.Adopted); // one more needs no chair
        _ballots(question, 1, AGAINST);
        _requireVerdict(question, Verdict.Adopted); // as many again, all three hundred
        _requireClosed(question, Phase.Binding);
    }

    function test_chair_that_is_against_or_abstains_leaves_a_tie_rejected() public {
        for (uint8 support = AGAINST; support <= ABSTAIN; support += 2) {
            Question memory question = _askUnderChair();
            _vote(question.id, 1, support);
            _cast = 1;
            _ballots(question, 100, FOR);
            _ballots(question, support == AGAINST ? 99 : 100, AGAINST);
            _requireVerdict(question, Verdict.Rejected);
            _ballots(question, 1, FOR);
            _requireVerdict(question, Verdict.Adopted);
        }
    }

    // --------------------------------------------------------------------------------------------------- Countries

    function test_three_quarters_of_the_countries_are_three_of_four() public {
        Rule memory rule = _plainRule();
        (rule.countryNumerator, rule.countryDenominator) = (3, 4);
        Question memory question = _ask(rule);
        _vote(question.id, 4, FOR);
        _vote(question.id, 1, FOR);
        _requireVerdict(question, Verdict.Rejected); // two
        _vote(question.id, 2, FOR);
        _requireVerdict(question, Verdict.Adopted); // three
        _vote(question.id, 3, FOR);
        _requireVerdict(question, Verdict.Adopted); // four
        vm.assertEq(general.tallyOf(question.id).countriesFor, 4, "countries for");
    }

    function test_country_is_for_it_with_one_vote_more_than_against() public {
        Rule memory rule = _plainRule();
        (rule.majorityNumerator, rule.majorityDenominator) = (1, 100);
        (rule.countryNumerator, rule.countryDenominator) = (1, 4);
        Question memory question = _ask(rule);
        for (uint256 memberId = 12; memberId < 12 + 4 * 36; memberId += 4) {
            _vote(question.id, memberId, FOR);
            _vote(question.id, memberId + 4 * 36, AGAINST);
        }
        _requireVerdict(question, Verdict.Rejected); // 36 for, 36 against
        _vote(question.id, 4, FOR);
        _requireVerdict(question, Verdict.Adopted); // 37 for
        Tally memory tally = general.tallyOf(question.id);
        vm.assertTrue(tally.countries == 4 && tally.countriesFor == 1, "countries");
    }

    // ------------------------------------------------------------------------------------------------- Early close

    function test_vote_is_closed_early_from_the_first_ballot_after_which_nothing_can_change() public {
        Rule memory rule = _plainRule();
        (rule.earlyClose, rule.strict, rule.base) = (true, true, Base.Entitled);
        (rule.majorityNumerator, rule.majorityDenominator) = (1, 2);
        Question memory question = _ask(rule);
        _ballots(question, 150, FOR);
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorOutcomeOpen.selector);
        general.close(question.id);
        _ballots(question, 1, FOR);
        general.close(question.id);
        _goTo(_now() + 1);
        vm.assertTrue(general.phaseOf(question.id) == Phase.Binding, "binding");
    }

    // ------------------------------------------------------------------------------------------------- Everybody, nobody

    function test_nothing_but_abstentions_adopts_nothing() public {
        for (uint8 base = 0; base <= uint8(type(Base).max); ++base) {
            Rule memory rule = _plainRule();
            (rule.quorumNumerator, rule.base) = (1, Base(base));
            Question memory question = _ask(rule);
            _ballots(question, ENTITLED, ABSTAIN);
            _requireClosed(question, Phase.Rejected);
        }
    }

    function test_all_recused_are_no_electorate_with_and_without_a_quorum() public {
        for (uint16 quorum = 0; quorum <= 1; ++quorum) {
            Rule memory rule = _plainRule();
            (rule.quorumNumerator, rule.base) = (quorum, Base.Entitled);
            rule.silenceConsents = quorum == 0;
            Question memory question = _ask(rule);
            for (uint256 number = 0; number < ENTITLED; ++number) {
                vm.prank(_wallet(_voter(number)));
                general.recuse(question.id);
            }
            Tally memory tally = general.tallyOf(question.id);
            vm.assertTrue(tally.entitled == 0 && tally.recused == ENTITLED, "tally");
            _requireClosed(question, quorum == 0 ? Phase.Rejected : Phase.NoQuorum);
        }
    }

    function test_body_of_nobody_decides_nothing_and_a_body_of_one_what_that_one_says() public {
        registry.endSeat(BOARD, 1);
        registry.endSeat(BOARD, 2);
        Rule memory rule = _plainRule();
        rule.quorumNumerator = 1;
        uint16 kindId = _kindUnder("board", BOARD, rule);
        Question memory one = _file(board, 1, _resolution(kindId));
        _open(board, one.id);
        vm.assertTrue(board.verdictOf(one.id) == Verdict.NoQuorum, "silent");
        vm.prank(_wallet(3));
        board.castVote(one.id, FOR);
        vm.assertTrue(board.verdictOf(one.id) == Verdict.Adopted, "one of one");
        registry.endSeat(BOARD, 3);
        Question memory none = _file(board, 1, _resolution(kindId));
        _close(board, none.id);
        vm.assertEq(board.tallyOf(none.id).entitled, 0, "nobody");
        vm.assertTrue(board.phaseOf(none.id) == Phase.NoQuorum, "no quorum");
        vm.assertTrue(board.phaseOf(one.id) == Phase.Binding, "what the one said stays");
    }

    function test_three_hundred_ballots_are_all_counted() public {
        Question memory question = _ask(_plainRule());
        _ballots(question, 100, FOR);
        _ballots(question, 100, AGAINST);
        _ballots(question, 100, ABSTAIN);
        Tally memory tally = general.tallyOf(question.id);
        vm.assertTrue(tally.forVotes == 100 && tally.againstVotes == 100 && tally.abstainVotes == 100, "tally");
        vm.assertEq(tally.entitled, ENTITLED, "entitled");
    }

    // --------------------------------------------------------------------------------------------------- Material

    /// @dev Two thirds of the base are reached with just so many votes for.
    function _requireMajority(Base base, bool strict, uint256 abstain, uint256 against, uint256 least) private {
        Rule memory rule = _plainRule();
        (rule.base, rule.strict) = (base, strict);
        Question memory question = _ask(rule);
        _ballots(question, abstain, ABSTAIN);
        _ballots(question, against, AGAINST);
        _requireReachedAt(question, least);
    }

    function _requireReachedAt(Question memory question, uint256 least) private {
        _ballots(question, least - 1, FOR);
        _requireVerdict(question, Verdict.Rejected);
        _ballots(question, 1, FOR);
        _requireVerdict(question, Verdict.Adopted);
        if (_cast < ENTITLED) _ballots(question, 1, FOR);
        _requireVerdict(question, Verdict.Adopted);
        _requireClosed(question, Phase.Binding);
    }

    function _requireVerdict(Question memory question, Verdict verdict) private view {
        vm.assertEq(uint256(general.verdictOf(question.id)), uint256(verdict), "verdict");
    }

    function _requireClosed(Question memory question, Phase phase) private {
        _close(general, question.id);
        vm.assertEq(uint256(general.phaseOf(question.id)), uint256(phase), "phase");
    }

    function _ask(Rule memory rule) private returns (Question memory) {
        _cast = 0;
        _kindUnder(EDGE, ASSEMBLY, rule);
        return _opened(EDGE);
    }

    /// @dev More than half of the votes cast; member 1 breaks a tie.
    function _askUnderChair() private returns (Question memory) {
        registry.setChair(ASSEMBLY, 1);
        Rule memory rule = _plainRule();
        (rule.tie, rule.strict, rule.majorityNumerator, rule.majorityDenominator) = (TieBreak.Chair, true, 1, 2);
        return _ask(rule);
    }

    /// @dev The next so many members vote.
    function _ballots(Question memory question, uint256 number, uint8 support) private {
        for (uint256 i = 0; i < number; ++i) {
            _vote(question.id, _voter(_cast++), support);
        }
    }

    /// @dev Leaves the two associates out.
    function _voter(uint256 number) private pure returns (uint256) {
        return number < 8 ? number + 1 : number + 3;
    }
}
