// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {Records} from "../../contracts/Records.sol";
import {Choice, IConsortiumGovernor, SignedBallot} from "../../contracts/interfaces/IConsortiumGovernor.sol";
import {Base, Rule, VetoGround} from "../../contracts/interfaces/IRulebook.sol";
import {Consortium, Question} from "./Consortium.sol";
import {Vm} from "./Proof.sol";

/// @notice What is told of each act: an indexer that reads nothing else knows all that happened.
contract EventsTest is Consortium {
    bytes32 private constant CHANGEABLE = "changeable";
    bytes32 private constant GUARDED = "guarded";

    function setUp() public override {
        super.setUp();
        Rule memory rule = _plainRule();
        (rule.revisable, rule.mandates) = (true, 2);
        _kindUnder(CHANGEABLE, ASSEMBLY, rule);
        rule = _plainRule();
        (rule.standstill, rule.vetoWindow, rule.vetoGrounds) = (10 days, 5 days, 63);
        (rule.externalApproval, rule.earlyClose, rule.base) = (true, true, Base.Entitled);
        _kindUnder(GUARDED, ASSEMBLY, rule);
    }

    // --------------------------------------------------------------------------------------------------- Ballots

    function test_first_ballot_is_told_as_any_governor_tells_it_and_no_more() public {
        Question memory question = _opened(MATTER);
        bytes memory signature = _signedBallot(general, 2, question.id, AGAINST);
        vm.recordLogs();
        _told();
        emit IGovernor.VoteCast(_wallet(1), question.id, FOR, 1, "");
        _vote(question.id, 1, FOR);
        _told();
        emit IGovernor.VoteCast(_wallet(2), question.id, AGAINST, 1, "");
        general.castVoteBySig(question.id, AGAINST, _wallet(2), signature);
        vm.assertEq(_toldByAssembly(), 2, "events");
    }

    function test_changed_ballot_is_told_with_the_one_before() public {
        Question memory question = _opened(CHANGEABLE);
        _vote(question.id, 1, FOR);
        _told();
        emit IGovernor.VoteCast(_wallet(1), question.id, ABSTAIN, 1, "why");
        _told();
        emit IConsortiumGovernor.BallotCounted(question.id, 1, Choice.For, 2, 1);
        vm.prank(_wallet(1));
        general.castVoteWithReason(question.id, ABSTAIN, "why");
    }

    function test_ballot_by_mandate_is_told_with_its_holder() public {
        Question memory question = _opened(CHANGEABLE);
        vm.prank(_wallet(2));
        registry.grantMandate(1, ASSEMBLY, 0, _now() + 9 days);
        _told();
        emit IGovernor.VoteCast(_wallet(2), question.id, FOR, 1, "");
        _told();
        emit IConsortiumGovernor.BallotCounted(question.id, 2, Choice.None, 0, 1);
        vm.prank(_wallet(1));
        general.castMandate(question.id, 2, FOR, "");
        _told();
        emit IConsortiumGovernor.BallotCounted(question.id, 2, Choice.For, 1, 2);
        _vote(question.id, 2, AGAINST);
    }

    function test_ballots_of_a_batch_are_refused_with_the_reason() public {
        Question memory question = _opened(MATTER);
        SignedBallot[] memory ballots = new SignedBallot[](2);
        ballots[0] = SignedBallot(_wallet(9), FOR, "", "");
        ballots[1] = SignedBallot(_wallet(1), AGAINST, "", _signedBallot(general, 1, question.id, FOR));
        bytes memory noRight =
            abi.encodeWithSelector(IConsortiumGovernor.ConsortiumGovernorNoVotingRight.selector, 9, ASSEMBLY);
        _told();
        emit IConsortiumGovernor.BallotRefused(question.id, _wallet(9), noRight);
        bytes memory forged = abi.encodeWithSelector(IGovernor.GovernorInvalidSignature.selector, _wallet(1));
        _told();
        emit IConsortiumGovernor.BallotRefused(question.id, _wallet(1), forged);
        general.castVotesBySig(question.id, ballots);
    }

    // ------------------------------------------------------------------------------------- Recusals, early close

    function test_recusals_are_told_as_declared_or_named() public {
        uint16 kindId = rulebook.kindIdOf(MATTER);
        Question memory question =
            _question(address(records), abi.encodeCall(Records.resolveFor, (kindId, 3, DOCUMENT)));
        _told(false);
        emit IConsortiumGovernor.MemberRecused(0, 3, false);
        question = _file(general, 1, question);
        _told();
        emit IConsortiumGovernor.MemberRecused(question.id, 4, true);
        vm.prank(_wallet(4));
        general.recuse(question.id);
    }

    function test_early_close_is_told_with_its_second() public {
        Question memory question = _opened(GUARDED);
        _voteAll(question.id, 1, 8, FOR);
        _told();
        emit IConsortiumGovernor.ProposalClosedEarly(question.id, _now());
        general.close(question.id);
    }

    // ------------------------------------------------------------------------------------------------ Afterwards

    function test_vetoes_and_their_withdrawal_are_told() public {
        Question memory question = _opened(GUARDED);
        _told();
        emit IConsortiumGovernor.VetoRaised(question.id, 2, VetoGround.Liabilities, DOCUMENT);
        vm.prank(_wallet(2));
        general.veto(question.id, VetoGround.Liabilities, DOCUMENT);
        _told();
        emit IConsortiumGovernor.VetoWithdrawn(question.id, 2);
        vm.prank(_wallet(2));
        general.withdrawVeto(question.id);
    }

    function test_minutes_objections_and_approval_are_told() public {
        Question memory question = _opened(GUARDED);
        _voteAll(question.id, 1, 8, FOR);
        _close(general, question.id);
        for (uint16 version = 1; version <= 2; ++version) {
            _told();
            emit IConsortiumGovernor.MinutesRecorded(question.id, version, DOCUMENT);
            general.recordMinutes(question.id, DOCUMENT);
        }
        _told();
        emit IConsortiumGovernor.MinutesObjected(question.id, 5, DOCUMENT);
        vm.prank(_wallet(5));
        general.objectToMinutes(question.id, DOCUMENT);
        _told();
        emit IConsortiumGovernor.ApprovalRecorded(question.id, true, DOCUMENT);
        general.recordApproval(question.id, true, DOCUMENT);
    }

    // -------------------------------------------------------------------------------------------------- Private

    function _told() private {
        _told(true);
    }

    function _toldByAssembly() private returns (uint256 events) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].emitter == address(general)) ++events;
        }
    }

    /// @dev The next event is told by the assembly; without its proposal if that has no id yet.
    function _told(bool ofProposal) private {
        vm.expectEmit(ofProposal, true, true, true, address(general));
    }
}
