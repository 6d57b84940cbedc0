// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IConsortiumGovernor} from "../../contracts/interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry} from "../../contracts/interfaces/IMemberRegistry.sol";
import {Rule, VetoGround} from "../../contracts/interfaces/IRulebook.sol";
import {Question} from "./Consortium.sol";
import {Act, Moments} from "./Moments.sol";

/// @notice Every deadline at its second, one before and one after.
/// @dev A signed ballot has no deadline of its own; it is good as long as voting is open.
contract DeadlinesTest is Moments {
    bytes32 private constant MANDATE_TYPEHASH = keccak256(
        "Mandate(uint16 principalId,uint16 holderId,uint8 bodyId,uint256 proposalId,uint48 until,uint256 nonce,uint48 deadline)"
    );
    bytes32 private constant TIMED = "timed";
    bytes32 private constant MEETING = "meeting";
    uint48 private constant NOTICE = 10 days;
    uint48 private constant SHORT_NOTICE = 4 days;
    uint48 private constant STANDSTILL = 8 days;
    uint48 private constant WINDOW = 3 days;

    function setUp() public override {
        super.setUp();
        Rule memory rule = _plainRule();
        (rule.notice, rule.shortNotice) = (uint32(NOTICE), uint32(SHORT_NOTICE));
        (rule.standstill, rule.vetoWindow, rule.vetoGrounds) = (uint32(STANDSTILL), uint32(WINDOW), 1);
        (rule.mandates, rule.earlyClose) = (2, true);
        _kindUnder(TIMED, ASSEMBLY, rule);
        rule = _plainRule();
        (rule.notice, rule.shortNotice, rule.calls) = (uint32(NOTICE), uint32(SHORT_NOTICE), 3);
        (rule.quorumNumerator, rule.quorumDenominator) = (1, 2);
        _kindUnder(MEETING, ASSEMBLY, rule);
    }

    // ---------------------------------------------------------------------------------------- Notice and opening

    function test_meeting_is_called_up_to_its_notice_before_it_opens() public {
        uint48 opensAt = _now() + 30 days;
        _requireUntil(opensAt - NOTICE, _convening(opensAt, false, _tooShort()));
    }

    function test_extraordinary_meeting_is_called_up_to_its_short_notice_before_it_opens() public {
        uint48 opensAt = _now() + 30 days;
        _requireUntil(opensAt - SHORT_NOTICE, _convening(opensAt, true, _tooShort()));
    }

    function test_meeting_is_called_no_earlier_than_a_year_before_it_opens() public {
        uint48 opensAt = _now() + 400 days;
        bytes4 refusal = IConsortiumGovernor.ConsortiumGovernorOpensTooLate.selector;
        _requireFrom(opensAt - 366 days, _convening(opensAt, false, refusal));
    }

    function test_proposal_is_withdrawn_up_to_the_second_of_the_snapshot() public {
        Question memory question = _put(TIMED);
        bytes memory call = abi.encodeCall(
            IGovernor.cancel,
            (question.targets, question.values, question.calldatas, keccak256(bytes(question.description)))
        );
        Act memory act = Act(_wallet(1), address(general), call, IGovernor.GovernorUnableToCancel.selector);
        _requireUntil(uint48(general.proposalSnapshot(question.id)), act);
    }

    // --------------------------------------------------------------------------------------------------- Ballots

    function test_ballots_are_taken_from_the_second_after_the_snapshot_up_to_the_deadline() public {
        Question memory question = _put(TIMED);
        Act memory act = _ballot(question, 1, IConsortiumGovernor.ConsortiumGovernorVotingNotOpen.selector);
        _requireFrom(uint48(general.proposalSnapshot(question.id)) + 1, act);
        act.refusal = IConsortiumGovernor.ConsortiumGovernorVotingClosed.selector;
        _requireUntil(uint48(general.proposalDeadline(question.id)), act);
    }

    function test_signed_ballots_are_taken_up_to_the_deadline() public {
        Question memory question = _opened(TIMED);
        bytes memory signature = _signedBallot(general, 2, question.id, FOR);
        bytes memory call = abi.encodeCall(IGovernor.castVoteBySig, (question.id, FOR, _wallet(2), signature));
        bytes4 refusal = IConsortiumGovernor.ConsortiumGovernorVotingClosed.selector;
        _requireUntil(
            uint48(general.proposalDeadline(question.id)), Act(address(0xD), address(general), call, refusal)
        );
    }

    function test_ballots_are_taken_up_to_the_second_of_an_early_close() public {
        Question memory question = _opened(TIMED);
        _voteAll(question.id, 1, 7, FOR);
        uint48 closedAt = _now() + 1000;
        _goTo(closedAt);
        general.close(question.id);
        vm.assertEq(general.proposalDeadline(question.id), closedAt, "deadline");
        Act memory act = _ballot(question, 8, IConsortiumGovernor.ConsortiumGovernorVotingClosed.selector);
        require(_tried(closedAt, act) == bytes4(0), "in the second of the close");
        require(_tried(closedAt + 1, act) == act.refusal, "a second later");
    }

    function test_interest_is_declared_up_to_the_deadline() public {
        Question memory question = _put(TIMED);
        bytes memory call = abi.encodeCall(IConsortiumGovernor.recuse, (question.id));
        bytes4 refusal = IConsortiumGovernor.ConsortiumGovernorUnexpectedPhase.selector;
        _requireUntil(uint48(general.proposalDeadline(question.id)), Act(_wallet(2), address(general), call, refusal));
    }

    // -------------------------------------------------------------------------------------------------- Mandates

    function test_mandate_is_used_up_to_its_last_second() public {
        Question memory question = _opened(TIMED);
        uint48 until = _now() + 5000;
        vm.prank(_wallet(5));
        registry.grantMandate(1, ASSEMBLY, 0, until);
        bytes memory call = abi.encodeCall(IConsortiumGovernor.castMandate, (question.id, 5, FOR, ""));
        bytes4 refusal = IConsortiumGovernor.ConsortiumGovernorNoMandate.selector;
        _requireUntil(until, Act(_wallet(1), address(general), call, refusal));
    }

    function test_mandate_is_given_up_to_its_own_last_second() public {
        uint48 until = _now() + 5000;
        bytes memory call = abi.encodeCall(IMemberRegistry.grantMandate, (1, ASSEMBLY, 0, until));
        bytes4 refusal = IMemberRegistry.MemberRegistryInvalidMandate.selector;
        _requireUntil(until, Act(_wallet(5), address(registry), call, refusal));
    }

    function test_signed_mandate_is_handed_in_up_to_its_deadline() public {
        uint48 deadline = _now() + 5000;
        uint48 until = deadline + 9000;
        bytes memory signature = _signed(
            address(registry),
            5,
            keccak256(
                abi.encode(MANDATE_TYPEHASH, uint16(5), uint16(1), ASSEMBLY, uint256(0), until, uint256(0), deadline)
            )
        );
        bytes memory call =
            abi.encodeCall(IMemberRegistry.setMandateBySig, (5, 1, ASSEMBLY, 0, until, deadline, signature));
        bytes4 refusal = IMemberRegistry.MemberRegistrySignatureExpired.selector;
        _requireUntil(deadline, Act(address(0xD), address(registry), call, refusal));
    }

    // ------------------------------------------------------------------------------------------ After the votes

    function test_veto_is_raised_from_the_opening_to_the_end_of_its_window() public {
        Question memory question = _put(TIMED);
        bytes memory call = abi.encodeCall(IConsortiumGovernor.veto, (question.id, VetoGround.OwnWork, DOCUMENT));
        bytes4 refusal = IConsortiumGovernor.ConsortiumGovernorVotingNotOpen.selector;
        Act memory act = Act(_wallet(6), address(general), call, refusal);
        _requireFrom(uint48(general.proposalSnapshot(question.id)) + 1, act);
        act.refusal = IConsortiumGovernor.ConsortiumGovernorVetoTooLate.selector;
        _requireUntil(uint48(general.proposalDeadline(question.id)) + WINDOW, act);
    }

    function test_decision_is_queued_from_the_second_after_its_standstill() public {
        Question memory question = _adopted();
        uint48 last = uint48(general.proposalDeadline(question.id)) + STANDSTILL;
        vm.assertEq(general.bindingAt(question.id), last, "binding");
        _requireFrom(last + 1, _queueing(question));
    }

    function test_minutes_are_objected_to_up_to_the_last_second_of_the_standstill() public {
        Question memory question = _adopted();
        _requireUntil(uint48(general.proposalDeadline(question.id)) + STANDSTILL, _objecting(question));
    }

    function test_corrected_minutes_are_objected_to_for_fifteen_days() public {
        Question memory question = _adopted();
        vm.prank(_wallet(6));
        general.objectToMinutes(question.id, DOCUMENT);
        _goTo(uint48(general.proposalDeadline(question.id)) + 40 days);
        general.recordMinutes(question.id, DOCUMENT);
        uint48 last = _now() + 15 days;
        _requireUntil(last, _objecting(question));
        _requireFrom(last + 1, _queueing(question));
    }

    function test_question_without_a_quorum_is_called_again_from_its_end_for_fifteen_days() public {
        Question memory question = _put(MEETING);
        uint48 deadline = uint48(general.proposalDeadline(question.id));
        Act memory act =
            _calling(question, deadline + 25 days, IConsortiumGovernor.ConsortiumGovernorUnexpectedPhase.selector);
        _requireFrom(deadline + 1, act);
        act.refusal = IConsortiumGovernor.ConsortiumGovernorReconvenedTooLate.selector;
        _requireUntil(deadline + 15 days, act);
    }

    function test_further_call_keeps_its_short_notice() public {
        Question memory question = _put(MEETING);
        uint48 deadline = uint48(general.proposalDeadline(question.id));
        uint48 opensAt = deadline + 10 days;
        _requireUntil(opensAt - SHORT_NOTICE, _calling(question, opensAt, _tooShort()));
    }

    function test_decision_is_executed_from_the_second_its_delay_ends() public {
        Question memory question = _adopted();
        _goTo(uint48(general.bindingAt(question.id)) + 1);
        _queue(question);
        bytes memory call = abi.encodeCall(
            IGovernor.execute,
            (question.targets, question.values, question.calldatas, keccak256(bytes(question.description)))
        );
        bytes4 refusal = TimelockController.TimelockUnexpectedOperationState.selector;
        vm.assertEq(general.proposalEta(question.id), _now() + DELAY, "eta");
        _requireFrom(_now() + DELAY, Act(address(0xD), address(general), call, refusal));
    }

    // ------------------------------------------------------------------------------------------------------ Roll

    function test_lost_wallet_is_replaced_from_the_second_its_delay_ends() public {
        registry.setApprover(address(0xA));
        registry.proposeRotation(1, vm.addr(500));
        vm.prank(address(0xA));
        registry.approveRotation(1, vm.addr(500));
        bytes memory call = abi.encodeCall(IMemberRegistry.completeRotation, (1));
        bytes4 refusal = IMemberRegistry.MemberRegistryRotationDelay.selector;
        _requireFrom(_now() + 3 days, Act(address(0xD), address(registry), call, refusal));
    }

    function test_default_is_declared_from_the_second_after_the_time_to_remedy() public {
        registry.notifyBreach(5, 30 days);
        uint48 last = _now() + 30 days;
        vm.assertEq(registry.remedyUntilOf(5), last, "remedy");
        bytes memory call = abi.encodeCall(IMemberRegistry.declareDefault, (5));
        bytes4 refusal = IMemberRegistry.MemberRegistryRemedyRunning.selector;
        _requireFrom(last + 1, Act(address(this), address(registry), call, refusal));
    }

    function test_seat_is_granted_up_to_the_last_second_of_its_term_and_cleared_after_it() public {
        uint48 until = _now() + 5000;
        bytes memory call = abi.encodeCall(IMemberRegistry.grantSeat, (BOARD, 4, until));
        bytes4 refusal = IMemberRegistry.MemberRegistryInvalidTerm.selector;
        _requireUntil(until, Act(address(this), address(registry), call, refusal));
        registry.grantSeat(BOARD, 4, until);
        call = abi.encodeCall(IMemberRegistry.clearLapsedSeat, (BOARD, 4));
        refusal = IMemberRegistry.MemberRegistryTermRunning.selector;
        _requireFrom(until + 1, Act(address(0xD), address(registry), call, refusal));
    }

    // -------------------------------------------------------------------------------------------------- Material

    function _adopted() private returns (Question memory question) {
        question = _opened(TIMED);
        _voteAll(question.id, 1, 8, FOR);
        _close(general, question.id);
    }

    function _convening(uint48 opensAt, bool extraordinary, bytes4 refusal) private returns (Act memory) {
        Question memory question = _resolution(rulebook.kindIdOf(TIMED));
        bytes memory call = abi.encodeCall(
            IConsortiumGovernor.convene,
            (question.targets, question.values, question.calldatas, question.description, opensAt, extraordinary)
        );
        return Act(_wallet(1), address(general), call, refusal);
    }

    function _calling(Question memory question, uint48 opensAt, bytes4 refusal) private view returns (Act memory) {
        bytes memory call = abi.encodeCall(
            IConsortiumGovernor.reconvene,
            (question.targets, question.values, question.calldatas, question.description, opensAt)
        );
        return Act(_wallet(2), address(general), call, refusal);
    }

    function _ballot(Question memory question, uint256 memberId, bytes4 refusal) private view returns (Act memory) {
        bytes memory call = abi.encodeCall(IGovernor.castVote, (question.id, FOR));
        return Act(_wallet(memberId), address(general), call, refusal);
    }

    function _objecting(Question memory question) private view returns (Act memory) {
        bytes memory call = abi.encodeCall(IConsortiumGovernor.objectToMinutes, (question.id, DOCUMENT));
        bytes4 refusal = IConsortiumGovernor.ConsortiumGovernorObjectionTooLate.selector;
        return Act(_wallet(7), address(general), call, refusal);
    }

    function _queueing(Question memory question) private view returns (Act memory) {
        bytes memory call = abi.encodeCall(
            IGovernor.queue,
            (question.targets, question.values, question.calldatas, keccak256(bytes(question.description)))
        );
        bytes4 refusal = IConsortiumGovernor.ConsortiumGovernorNotBindingYet.selector;
        return Act(address(0xD), address(general), call, refusal);
    }

    function _tooShort() private pure returns (bytes4) {
        return IConsortiumGovernor.ConsortiumGovernorNoticeTooShort.selector;
    }
}
