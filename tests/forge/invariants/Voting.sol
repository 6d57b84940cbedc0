// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Choice, Phase, SignedBallot, VetoGround} from "../../../contracts/interfaces/IConsortiumGovernor.sol";
import {MemberStatus} from "../../../contracts/interfaces/IMemberRegistry.sol";
import {Base, Rule, TieBreak, Verdict} from "../../../contracts/interfaces/IRulebook.sol";
import {Question} from "../Consortium.sol";
import {Roll} from "./Roll.sol";

/// @notice What a fuzzer may do to proposals of the assembly; and a record of it all, kept without looking at a ballot
/// word: which ballots were taken, what the outcome was when voting ended, what was done.
contract Voting is Roll {
    /// @dev What is remembered of a proposal.
    struct Memory {
        bool closed;
        bytes32 outcome; // when it was first seen closed
        uint256 vetoes;
        uint256 executions;
    }

    uint256 private constant KINDS = 5;

    Question[] private _questions;
    mapping(uint256 proposalId => Memory) private _memories;
    mapping(uint256 proposalId => mapping(uint256 memberId => uint256)) public taken; // support + 1 of the ballot
    mapping(uint256 proposalId => mapping(uint256 memberId => bool)) private _vetoed;

    /// @notice The first sentence of the law that was broken; empty if none was.
    string public broken;

    function setUp() public override {
        super.setUp();
        Rule memory rule = _slowRule();
        _kindUnder(_kindName(0), ASSEMBLY, rule);
        (rule.quorumNumerator, rule.quorumDenominator, rule.calls) = (1, 2, 2);
        (rule.standstill, rule.vetoWindow, rule.vetoGrounds) = (10 days, 5 days, 63);
        (rule.revisable, rule.mandates) = (true, 1);
        _kindUnder(_kindName(1), ASSEMBLY, rule);
        rule = _slowRule();
        (rule.earlyClose, rule.mandates, rule.base) = (true, 2, Base.Entitled);
        (rule.majorityNumerator, rule.majorityDenominator) = (1, 2);
        _kindUnder(_kindName(2), ASSEMBLY, rule);
        (rule.earlyClose, rule.strict, rule.tie, rule.base) = (false, true, TieBreak.Chair, Base.Cast);
        (rule.countryNumerator, rule.countryDenominator, rule.revisable) = (1, 2, true);
        _kindUnder(_kindName(3), ASSEMBLY, rule);
        rule = _slowRule();
        (rule.silenceConsents, rule.externalApproval) = (true, true);
        _kindUnder(_kindName(4), ASSEMBLY, rule);
    }

    // ---------------------------------------------------------------------------------------------------- Voting

    function file(uint256 which, uint256 member) external {
        require(_questions.length < 30, "enough proposals");
        Question memory question = _resolution(rulebook.kindIdOf(_kindName(which)));
        vm.prank(_walletOf(_memberOf(member)));
        question.id = general.propose(question.targets, question.values, question.calldatas, question.description);
        _questions.push(question);
        if (which % 4 != 0) _goTo(uint48(general.proposalSnapshot(question.id)) + 1);
    }

    /// @dev Also by wallets that were rotated away, and by those that never belonged to a member.
    function vote(uint256 which, uint256 member, uint8 support) public {
        uint256 proposalId = _any(which).id;
        uint16 memberId = _memberOf(member);
        address wallet = member % 11 == 0 ? _wallet(memberId) : _walletOf(memberId);
        vm.prank(member % 13 == 0 ? address(0xB) : wallet);
        general.castVote(proposalId, support % 4);
        _take(proposalId, memberId, support % 4, true);
    }

    function voteOnTheLatest(uint256 member, uint8 support) external {
        vote(_questions.length - 1, member, support);
    }

    /// @dev Some members with one choice, as far as they may: outcomes that stand need more than single ballots.
    function voteTogether(uint256 which, uint256 members, uint8 support) external {
        uint256 proposalId = _any(which).id;
        for (uint16 memberId = 1; memberId <= registry.memberCount(); ++memberId) {
            if ((members >> (2 * memberId)) & 3 == 0) continue;
            vm.prank(_walletOf(memberId));
            try general.castVote(proposalId, support % 3) {
                _take(proposalId, memberId, support % 3, true);
            } catch {}
        }
    }

    /// @dev One good ballot, the same once more, and one signed for another choice.
    function voteInBatch(uint256 which, uint256 member, uint8 support) external {
        uint256 proposalId = _any(which).id;
        uint16 memberId = _memberOf(member);
        uint8 choice = support % 3;
        bytes memory signature = _ballotBy(proposalId, memberId, choice);
        SignedBallot[] memory ballots = new SignedBallot[](3);
        ballots[0] = SignedBallot(_walletOf(memberId), choice, "", signature);
        ballots[1] = ballots[0];
        ballots[2] = SignedBallot(_walletOf(memberId), (choice + 1) % 3, "", signature);
        uint256 counted = general.castVotesBySig(proposalId, ballots);
        _require(counted <= 1, "a signature counted twice");
        if (counted == 1) _take(proposalId, memberId, choice, true);
    }

    function voteByMandate(uint256 which, uint256 holder, uint256 principal, uint8 support) external {
        uint256 proposalId = _any(which).id;
        uint16 principalId = _memberOf(principal);
        while (principalId > 1 && registry.holderOf(principalId, ASSEMBLY, proposalId) == 0) --principalId;
        uint16 holderId = registry.holderOf(principalId, ASSEMBLY, proposalId);
        if (holderId == 0 || holder % 4 == 0) holderId = _memberOf(holder);
        (,, bool mandated,) = general.ballotDetail(proposalId, principalId);
        _require(!mandated || taken[proposalId][principalId] != 0, "a mandated ballot out of nowhere");
        bool own = taken[proposalId][principalId] != 0 && !mandated;
        vm.prank(_walletOf(holderId));
        general.castMandate(proposalId, principalId, support % 3, "");
        _require(!own, "a mandate over the principal's own ballot");
        _require(_couldVote(general, holderId, _snapshot(proposalId)), "a holder without the right");
        _take(proposalId, principalId, support % 3, false);
    }

    function recuse(uint256 which, uint256 member) external {
        uint256 proposalId = _any(which).id;
        vm.prank(_walletOf(_memberOf(member)));
        general.recuse(proposalId);
        _require(taken[proposalId][_memberOf(member)] == 0, "a recusal that takes a ballot away");
    }

    /// @dev Half of the time a proposal made for it, since few are ever certain by chance.
    function close(uint256 which, uint256 members) external {
        if (which % 2 == 1) {
            this.file(2, 1);
            this.voteTogether(1, members | (type(uint256).max >> 200), FOR);
        }
        uint256 proposalId = _any(which).id;
        Verdict verdict = general.verdictOf(proposalId);
        general.close(proposalId);
        _goTo(_now() + 1);
        _require(general.verdictOf(proposalId) == verdict, "closing that changes the outcome");
    }

    // -------------------------------------------------------------------------------------------------- Afterwards

    function veto(uint256 which, uint256 member, uint8 ground) external {
        uint256 proposalId = _any(which).id;
        uint16 memberId = _memberOf(member);
        vm.prank(_walletOf(memberId));
        general.veto(proposalId, VetoGround(ground % 6), DOCUMENT);
        _require(!_vetoed[proposalId][memberId], "two vetoes of one member");
        _vetoed[proposalId][memberId] = true;
        ++_memories[proposalId].vetoes;
    }

    function withdrawVeto(uint256 which, uint256 member) external {
        uint256 proposalId = _any(which).id;
        uint16 memberId = _memberOf(member);
        while (memberId > 1 && !_vetoed[proposalId][memberId]) --memberId;
        vm.prank(_walletOf(memberId));
        general.withdrawVeto(proposalId);
        _require(_vetoed[proposalId][memberId], "a withdrawal of no veto");
        _vetoed[proposalId][memberId] = false;
        --_memories[proposalId].vetoes;
    }

    function record(uint256 which, bool approved) external {
        uint256 proposalId = _any(which).id;
        if (approved) general.recordApproval(proposalId, true, DOCUMENT);
        else general.recordMinutes(proposalId, DOCUMENT);
    }

    function objectToMinutes(uint256 which, uint256 member) external {
        uint256 proposalId = _any(which).id;
        if (which % 2 == 1) _goTo(uint48(general.proposalDeadline(proposalId)) + 1);
        vm.prank(_walletOf(_memberOf(member)));
        general.objectToMinutes(proposalId, DOCUMENT);
    }

    function queue(uint256 which) external {
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

    function execute(uint256 which) external {
        Question memory question = _any(which);
        uint256 eta = general.proposalEta(question.id);
        _execute(question);
        _require(eta != 0 && _now() >= eta, "executed before its time");
        _require(++_memories[question.id].executions == 1, "executed twice");
    }

    function cancel(uint256 which, uint256 member) external {
        Question memory question = _any(which);
        bytes32 text = keccak256(bytes(question.description));
        address proposer = general.proposalProposer(question.id);
        vm.prank(member % 2 == 0 ? proposer : _walletOf(_memberOf(member)));
        general.cancel(question.targets, question.values, question.calldatas, text);
    }

    function reconvene(uint256 which, uint256 member) external {
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

    // ----------------------------------------------------------------------------------------------------- Facts

    function proposals() external view returns (uint256) {
        return _questions.length;
    }

    function proposal(uint256 index) external view returns (uint256) {
        return _questions[index].id;
    }

    /// @notice Remembers the outcome of what has closed since, and answers whether all earlier ones still stand.
    function outcomesStand() external returns (bool) {
        for (uint256 i = 0; i < _questions.length; ++i) {
            uint256 proposalId = _questions[i].id;
            if (_now() <= general.proposalDeadline(proposalId)) continue;
            Memory storage memory_ = _memories[proposalId];
            bytes32 outcome = keccak256(abi.encode(general.verdictOf(proposalId), general.tallyOf(proposalId)));
            if (!memory_.closed) (memory_.closed, memory_.outcome) = (true, outcome);
            if (memory_.outcome != outcome) return false;
        }
        return true;
    }

    /// @notice Who could vote at the snapshot, less the recused; by the history kept here.
    function electors(uint256 proposalId) external view returns (uint256 found) {
        for (uint256 memberId = 1; memberId <= registry.memberCount(); ++memberId) {
            (,,, bool recused) = general.ballotDetail(proposalId, uint16(memberId));
            if (!recused && _couldVote(general, memberId, _snapshot(proposalId))) ++found;
        }
    }

    function place() external view returns (address, address) {
        return (address(general), address(registry));
    }

    /// @dev Open for ten days, so that much can happen before the end.
    function _slowRule() private pure returns (Rule memory rule) {
        rule = _plainRule();
        rule.period = 10 days;
    }

    function _kindName(uint256 which) internal pure override returns (bytes32) {
        return bytes32(uint256(bytes32("kind 0")) + ((which % KINDS) << (8 * 26)));
    }

    function _any(uint256 seed) private view returns (Question memory) {
        uint256 last = _questions.length - 1;
        return _questions[seed % 4 == 0 ? (seed / 4) % (last + 1) : last];
    }

    function _snapshot(uint256 proposalId) private view returns (uint256) {
        return general.proposalSnapshot(proposalId);
    }

    function _take(uint256 proposalId, uint16 memberId, uint8 support, bool own) private {
        (,, MemberStatus status,,,) = registry.member(memberId);
        _require(status == MemberStatus.Active || status == MemberStatus.InBreach, "a ballot of a defaulting party");
        _require(_couldVote(general, memberId, _snapshot(proposalId)), "a ballot without the right");
        _require(_now() > _snapshot(proposalId), "a ballot before its time");
        _require(_now() <= general.proposalDeadline(proposalId), "a ballot after the deadline");
        taken[proposalId][memberId] = support + 1;
        (Choice choice,, bool mandated, bool recused) = general.ballotDetail(proposalId, memberId);
        _require(uint8(choice) == support + 1 && mandated != own && !recused, "another ballot than was cast");
    }

    function _requireWaited(uint256 proposalId) private {
        (,, uint16 ruleId,) = general.proposalTerms(proposalId);
        (,, Rule memory rule) = rulebook.rule(ruleId);
        uint256 deadline = general.proposalDeadline(proposalId);
        _require(_now() > deadline + rule.standstill, "queued within the standstill");
        _require(_now() > deadline + rule.vetoWindow, "queued while a veto could be raised");
    }

    function _ballotBy(uint256 proposalId, uint16 memberId, uint8 support) private view returns (bytes memory) {
        return _signedBallot(general, _keyOf(memberId), proposalId, support);
    }

    function _require(bool holds, string memory sentence) private {
        if (!holds && bytes(broken).length == 0) broken = sentence;
    }
}
