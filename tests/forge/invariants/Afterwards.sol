// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Phase, VetoGround} from "../../../contracts/interfaces/IConsortiumGovernor.sol";
import {Rule, Verdict} from "../../../contracts/interfaces/IRulebook.sol";
import {Question} from "../Consortium.sol";
import {Voting} from "./Voting.sol";

/// @notice What a fuzzer may do to proposals of the assembly after voting, and to the vetoed before.
contract Afterwards is Voting {
    function veto(uint256 which, uint256 member, uint8 ground) external act {
        _prepare(which, 1, member);
        uint256 proposalId = _any(which).id;
        uint16 memberId = _memberOf(member);
        vm.prank(_walletOf(memberId));
        general.veto(proposalId, VetoGround(ground % 6), DOCUMENT);
        _require(!_vetoed[proposalId][memberId], "two vetoes of one member");
        _vetoed[proposalId][memberId] = true;
        ++_memories[proposalId].vetoes;
    }

    function withdrawVeto(uint256 which, uint256 member) external act {
        if (which % 2 == 1) this.veto(which, member, uint8(which % 6));
        uint256 proposalId = _any(which).id;
        uint16 memberId = _memberOf(member);
        while (memberId > 1 && !_vetoed[proposalId][memberId]) --memberId;
        vm.prank(_walletOf(memberId));
        general.withdrawVeto(proposalId);
        _require(_vetoed[proposalId][memberId], "a withdrawal of no veto");
        _vetoed[proposalId][memberId] = false;
        --_memories[proposalId].vetoes;
    }

    function record(uint256 which, bool approved) external act {
        uint256 proposalId = _any(which).id;
        if (approved) general.recordApproval(proposalId, true, DOCUMENT);
        else general.recordMinutes(proposalId, DOCUMENT);
    }

    function objectToMinutes(uint256 which, uint256 member) external act {
        _prepare(which, 1, member);
        if (which % 2 == 1) this.voteTogether(1, type(uint256).max, FOR);
        uint256 proposalId = _any(which).id;
        if (which % 2 == 1) _goTo(uint48(general.proposalDeadline(proposalId)) + 1);
        vm.prank(_walletOf(_memberOf(member)));
        general.objectToMinutes(proposalId, DOCUMENT);
    }

    /// @dev Sometimes what all are for, and sometimes what one of them has vetoed then.
    function queue(uint256 which) external act {
        if (which % 4 == 1) _prepare(which, which % 8, which / 8);
        if (which % 4 == 1) this.voteTogether(1, type(uint256).max, FOR);
        if (which % 8 == 1) this.veto(2, which / 8, uint8(which % 6));
        Question memory question = _any(which);
        if (which % 2 == 1) _goTo(general.bindingAt(question.id) + 1);
        Phase phase = general.phaseOf(question.id);
        _queue(question);
        _require(phase == Phase.Binding, "queued, but not binding");
        _require(_memories[question.id].vetoes == 0, "queued over a veto");
        _require(general.verdictOf(question.id) == Verdict.Adopted, "queued, but not adopted");
        _require(_now() > general.proposalDeadline(question.id), "queued while voting was open");
        _requireWaited(question.id);
    }

    function execute(uint256 which) external act {
        if (which % 4 == 1) this.queue(which);
        Question memory question = _any(which);
        uint256 eta = general.proposalEta(question.id);
        _execute(question);
        _require(eta != 0 && _now() >= eta, "executed before its time");
        _require(++_memories[question.id].executions == 1, "executed twice");
    }

    function cancel(uint256 which, uint256 member) external act {
        _prepare(which, 4, member);
        Question memory question = _any(which);
        bytes32 text = keccak256(bytes(question.description));
        address proposer = general.proposalProposer(question.id);
        vm.prank(member % 2 == 0 ? proposer : _walletOf(_memberOf(member)));
        general.cancel(question.targets, question.values, question.calldatas, text);
    }

    function reconvene(uint256 which, uint256 member) external act {
        _prepare(which, 1, member);
        if (which % 2 == 1) _goTo(_now() + 11 days);
        Question memory question = _any(which);
        uint256 previousId = question.id;
        vm.prank(_walletOf(_memberOf(member)));
        question.id =
            general.reconvene(question.targets, question.values, question.calldatas, question.description, _now() + 1);
        (uint8 attempt,) = general.attemptOf(question.id);
        question.description = string.concat(
            question.description, "#attempt=", vm.toString(uint256(attempt)), "&of=", vm.toString(previousId)
        );
        _questions.push(question);
        _goTo(_now() + 2);
    }

    // -------------------------------------------------------------------------------------------------------- Private

    function _requireWaited(uint256 proposalId) private {
        (,, uint16 ruleId,) = general.proposalTerms(proposalId);
        (,, Rule memory rule) = rulebook.rule(ruleId);
        uint256 deadline = general.proposalDeadline(proposalId);
        _require(_now() > deadline + rule.standstill, "queued within the standstill");
        _require(_now() > deadline + rule.vetoWindow, "queued while a veto could be raised");
    }
}
