// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IConsortiumGovernor, Phase} from "../../contracts/interfaces/IConsortiumGovernor.sol";
import {Base, Rule, Tally, Verdict} from "../../contracts/interfaces/IRulebook.sol";
import {Consortium, Question} from "./Consortium.sol";

/// @notice Ballots cast for others, and members that take no part.
contract MandatesTest is Consortium {
    bytes32 private constant CHANGEABLE = "changeable";
    bytes32 private constant EARLY = "early";

    function setUp() public override {
        super.setUp();
        Rule memory rule = _plainRule();
        (rule.revisable, rule.mandates) = (true, 2);
        _kindUnder(CHANGEABLE, ASSEMBLY, rule);
        (rule.revisable, rule.earlyClose, rule.mandates) = (false, true, 1);
        (rule.base, rule.majorityDenominator, rule.majorityNumerator) = (Base.Entitled, 2, 1);
        _kindUnder(EARLY, ASSEMBLY, rule);
    }

    // ----------------------------------------------------------------------------------------------- By mandate

    function test_holder_casts_what_it_holds_up_to_the_cap_and_the_principal_overrides() public {
        Question memory question = _opened(CHANGEABLE);
        for (uint256 principal = 2; principal <= 4; ++principal) {
            vm.prank(_wallet(principal));
            registry.grantMandate(1, ASSEMBLY, 0, _now() + 9 days);
        }
        uint16[] memory principals = new uint16[](2);
        (principals[0], principals[1]) = (2, 3);
        vm.prank(_wallet(1));
        general.castVoteWithMandates(question.id, FOR, "", principals);
        _mandated(question.id, 1, 2, ABSTAIN, 0); // again, with another choice
        _mandated(question.id, 1, 4, FOR, IConsortiumGovernor.ConsortiumGovernorMandateLimit.selector);
        _vote(question.id, 2, AGAINST);
        _mandated(question.id, 1, 2, FOR, IConsortiumGovernor.ConsortiumGovernorOwnBallotStands.selector);
        vm.assertEq(general.ballotNonce(question.id, _wallet(3)), question.id << 64, "nonce of a principal");
        (uint256 against, uint256 inFavour,) = general.proposalVotes(question.id);
        vm.assertTrue(against == 1 && inFavour == 2, "votes");
    }

    function test_mandates_are_refused_to_those_who_may_not_use_them() public {
        Question memory question = _opened(EARLY);
        _mandated(question.id, 1, 2, FOR, IConsortiumGovernor.ConsortiumGovernorNoMandate.selector);
        _mandated(question.id, 1, 1, FOR, IConsortiumGovernor.ConsortiumGovernorNoMandate.selector);
        vm.prank(_wallet(2));
        registry.grantMandate(1, ASSEMBLY, 0, _now() + 9 days);
        _mandated(question.id, 1, 2, 3, IConsortiumGovernor.ConsortiumGovernorInvalidChoice.selector);
        _mandated(question.id, 1, 2, FOR, 0);
        _mandated(question.id, 1, 2, FOR, IConsortiumGovernor.ConsortiumGovernorAlreadyVoted.selector);
        vm.prank(_wallet(1));
        general.recuse(question.id);
        _mandated(question.id, 1, 2, FOR, IConsortiumGovernor.ConsortiumGovernorRecused.selector);
        _close(general, question.id);
        _mandated(question.id, 1, 2, FOR, IConsortiumGovernor.ConsortiumGovernorVotingClosed.selector);
    }

    function test_principal_that_may_not_vote_is_not_voted_for() public {
        registry.notifyBreach(2, 30 days);
        vm.prank(_wallet(2));
        registry.grantMandate(1, ASSEMBLY, 0, _now() + 90 days);
        _goTo(_now() + 31 days);
        Question memory question = _opened(CHANGEABLE);
        registry.declareDefault(2);
        _mandated(question.id, 1, 2, FOR, IConsortiumGovernor.ConsortiumGovernorMemberDefaulting.selector);
    }

    function test_recused_principal_is_not_voted_for() public {
        Question memory question = _opened(CHANGEABLE);
        vm.prank(_wallet(2));
        registry.grantMandate(1, ASSEMBLY, 0, _now() + 9 days);
        vm.prank(_wallet(2));
        general.recuse(question.id);
        _mandated(question.id, 1, 2, FOR, IConsortiumGovernor.ConsortiumGovernorRecused.selector);
    }

    // ---------------------------------------------------------------------------------- ----------------- Recusal

    function test_member_recuses_itself_before_or_during_voting_once() public {
        registry.notifyBreach(7, 30 days);
        _goTo(_now() + 31 days);
        registry.declareDefault(7);
        Question memory question = _put(MATTER);
        bytes4 noRight = IConsortiumGovernor.ConsortiumGovernorNoVotingRight.selector;
        _recuse(question.id, 9, noRight);
        registry.recordExit(8);
        _recuse(question.id, 8, noRight);
        _recuse(question.id, 99, IConsortiumGovernor.ConsortiumGovernorNotAMember.selector);
        _recuse(question.id, 7, IConsortiumGovernor.ConsortiumGovernorMemberDefaulting.selector);
        _recuse(question.id, 1, 0);
        _open(general, question.id);
        _recuse(question.id, 2, 0);
        _recuse(question.id, 2, IConsortiumGovernor.ConsortiumGovernorRecused.selector);
        _vote(question.id, 3, FOR);
        _recuse(question.id, 3, IConsortiumGovernor.ConsortiumGovernorAlreadyVoted.selector);
        Tally memory tally = general.tallyOf(question.id);
        vm.assertTrue(tally.recused == 2 && tally.entitled == 4, "tally");
        (,,, bool recused) = general.ballotDetail(question.id, 1);
        vm.assertTrue(recused, "seen");
        _close(general, question.id);
        _recuse(question.id, 4, IConsortiumGovernor.ConsortiumGovernorUnexpectedPhase.selector);
    }

    function test_member_without_a_seat_recuses_itself_from_nothing_on_the_board() public {
        uint16 kindId = _kindUnder("board", BOARD, _plainRule());
        Question memory question = _file(board, 1, _resolution(kindId));
        vm.prank(_wallet(2));
        board.recuse(question.id);
        vm.prank(_wallet(4));
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorNoVotingRight.selector);
        board.recuse(question.id);
        _open(board, question.id);
        Tally memory tally = board.tallyOf(question.id);
        vm.assertTrue(tally.recused == 1 && tally.entitled == 2, "tally");
    }

    /// @dev Trap 2: who is recused and then loses its vote before the snapshot is not taken out twice.
    function test_recused_member_that_leaves_before_the_snapshot_is_subtracted_once() public {
        Question memory question = _put(MATTER);
        _recuse(question.id, 1, 0);
        registry.recordExit(1);
        _open(general, question.id);
        Tally memory tally = general.tallyOf(question.id);
        vm.assertTrue(tally.entitled == 7 && tally.recused == 0, "tally");
    }

    function test_all_recused_decide_nothing() public {
        Question memory question = _opened(MATTER);
        for (uint256 memberId = 1; memberId <= 8; ++memberId) {
            _recuse(question.id, memberId, 0);
        }
        vm.assertEq(general.tallyOf(question.id).entitled, 0, "electorate");
        vm.assertTrue(general.verdictOf(question.id) == Verdict.Rejected, "verdict");
    }

    // -------------------------------------------------------------------------------------------------- Private

    function _recuse(uint256 proposalId, uint256 memberId, bytes4 refusal) private {
        vm.prank(_wallet(memberId));
        if (refusal != 0) vm.expectPartialRevert(refusal);
        general.recuse(proposalId);
    }

    function _mandated(uint256 proposalId, uint256 holder, uint16 principalId, uint8 support, bytes4 refusal) private {
        vm.prank(_wallet(holder));
        if (refusal != 0) vm.expectPartialRevert(refusal);
        general.castMandate(proposalId, principalId, support, "");
    }
}
