// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Choice} from "../../../contracts/interfaces/IConsortiumGovernor.sol";
import {MemberStatus} from "../../../contracts/interfaces/IMemberRegistry.sol";
import {Base, Rule, TieBreak} from "../../../contracts/interfaces/IRulebook.sol";
import {Question} from "../Consortium.sol";
import {Roll} from "./Roll.sol";

/// @notice A record of the assembly's proposals, kept without looking at a ballot word: which ballots were taken, what
/// the outcome was when voting ended, what was done.
abstract contract Books is Roll {
    /// @dev What is remembered of a proposal.
    struct Memory {
        bool closed;
        bytes32 outcome; // when it was first seen closed
        uint256 vetoes;
        uint256 executions;
    }

    uint256 private constant KINDS = 5;

    Question[] internal _questions;
    mapping(uint256 proposalId => Memory) internal _memories;
    mapping(uint256 proposalId => mapping(uint256 memberId => uint256)) public taken; // support + 1 of the ballot
    mapping(uint256 proposalId => mapping(uint256 memberId => bool)) internal _vetoed;

    /// @notice The first sentence of the law that was broken; empty if none was.
    string public broken;

    function setUp() public virtual override {
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

    // ---------------------------------------------------------------------------------------------------------- Facts

    function proposals() external view returns (uint256) {
        return _questions.length;
    }

    function proposal(uint256 index) external view returns (uint256) {
        return _questions[index].id;
    }

    /// @notice Whether the outcome of all that was seen closed is still the one it was.
    function outcomesStand() external view returns (bool) {
        for (uint256 i = 0; i < _questions.length; ++i) {
            Memory storage memory_ = _memories[_questions[i].id];
            if (memory_.closed && memory_.outcome != _outcome(_questions[i].id)) return false;
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

    // ------------------------------------------------------------------------------------------------------- Internal

    function _remember() internal override {
        for (uint256 i = 0; i < _questions.length; ++i) {
            uint256 proposalId = _questions[i].id;
            Memory storage memory_ = _memories[proposalId];
            if (memory_.closed || _now() <= general.proposalDeadline(proposalId)) continue;
            (memory_.closed, memory_.outcome) = (true, _outcome(proposalId));
        }
    }

    function _take(uint256 proposalId, uint16 memberId, uint8 support, bool own) internal {
        (,, MemberStatus status,,,) = registry.member(memberId);
        _require(status == MemberStatus.Active || status == MemberStatus.InBreach, "a ballot of a defaulting party");
        _require(_couldVote(general, memberId, _snapshot(proposalId)), "a ballot without the right");
        _require(_now() > _snapshot(proposalId), "a ballot before its time");
        _require(_now() <= general.proposalDeadline(proposalId), "a ballot after the deadline");
        taken[proposalId][memberId] = support + 1;
        (Choice choice,, bool mandated, bool recused) = general.ballotDetail(proposalId, memberId);
        _require(uint8(choice) == support + 1 && mandated != own && !recused, "another ballot than was cast");
    }

    function _require(bool holds, string memory sentence) internal {
        if (!holds && bytes(broken).length == 0) broken = sentence;
    }

    function _any(uint256 seed) internal view returns (Question memory) {
        uint256 last = _questions.length - 1;
        return _questions[seed % 4 == 0 ? (seed / 4) % (last + 1) : last];
    }

    function _snapshot(uint256 proposalId) internal view returns (uint256) {
        return general.proposalSnapshot(proposalId);
    }

    function _kindName(uint256 which) internal pure override returns (bytes32) {
        return bytes32(uint256(bytes32("kind 0")) + ((which % KINDS) << (8 * 26)));
    }

    // -------------------------------------------------------------------------------------------------------- Private

    function _outcome(uint256 proposalId) private view returns (bytes32) {
        return keccak256(abi.encode(general.verdictOf(proposalId), general.tallyOf(proposalId)));
    }

    /// @dev Open for ten days, so that much can happen before the end.
    function _slowRule() private pure returns (Rule memory rule) {
        rule = _plainRule();
        rule.period = 10 days;
    }
}
