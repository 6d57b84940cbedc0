// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/Governor.sol";
import {IConsortiumGovernor} from "../interfaces/IConsortiumGovernor.sol";
import {IRulebook, Rule, Terms} from "../interfaces/IRulebook.sol";
import {ProposalMeta, packMeta} from "../types/ProposalMeta.sol";
import {GovernorBallots} from "./GovernorBallots.sol";

/// @title Filing: what a proposal does says what kind it is, the kind says the rule, the rule says when it may open.
abstract contract GovernorFiling is GovernorBallots {
    /// @dev What filing found out about a proposal before it is published.
    struct Filing {
        Terms terms;
        uint16 proposerId;
        uint48 opensAt;
        bool extraordinary;
    }

    /// @dev An error of unit must not file a proposal for the next century.
    uint48 private constant FARTHEST_OPENING = 366 days;

    /// @inheritdoc IConsortiumGovernor
    address public immutable override rulebook;

    bytes32 private immutable _defaultRule;

    /// @inheritdoc IConsortiumGovernor
    uint32 public override proposalCount;

    /// @dev `votingDelay` and `votingPeriod` are not told which proposal is meant: while one is filed, it is this one.
    uint48 private transient _delay;
    uint32 private transient _period;

    /// @param defaultRule_ what `votingDelay`, `votingPeriod` and `quorum` answer for when no proposal is meant.
    constructor(address rulebook_, bytes32 defaultRule_) {
        if (IRulebook(rulebook_).ruleIdOf(defaultRule_) == 0) {
            revert IRulebook.RulebookUnknownRule(defaultRule_);
        }
        rulebook = rulebook_;
        _defaultRule = defaultRule_;
    }

    // --------------------------------------------------------------------------------------------------- Filing

    /// @inheritdoc IGovernor
    /// @dev Opens as soon as the ordinary notice of the kind's rule allows.
    function propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description
    )
        public
        override
        returns (uint256)
    {
        Filing memory filing = _examine(targets, values, calldatas, description);
        filing.opensAt = _earliest(filing.terms.notice);
        return _file(targets, values, calldatas, description, filing);
    }

    /// @inheritdoc IConsortiumGovernor
    function convene(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        uint48 opensAt,
        bool extraordinary
    )
        external
        override
        returns (uint256)
    {
        Filing memory filing = _examine(targets, values, calldatas, description);
        _requireOpening(opensAt, extraordinary ? filing.terms.shortNotice : filing.terms.notice);
        filing.opensAt = opensAt;
        filing.extraordinary = extraordinary;
        return _file(targets, values, calldatas, description, filing);
    }

    /// @notice 192 bits of OpenZeppelin's id, so that it fits the key of a signed ballot's nonce whole.
    function hashProposal(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    )
        public
        pure
        override
        returns (uint256)
    {
        return super.hashProposal(targets, values, calldatas, descriptionHash) >> 64;
    }

    // -------------------------------------------------------------------------------------------------- Getters

    /// @inheritdoc IConsortiumGovernor
    function proposalTerms(uint256 proposalId)
        external
        view
        override
        returns (uint32 number, uint16 kindId, uint16 ruleId, bool extraordinary)
    {
        _snapshotOf(proposalId);
        ProposalMeta meta = _metaOf(proposalId);
        return (meta.number(), meta.kindId(), meta.ruleId(), meta.extraordinary());
    }

    /// @inheritdoc IGovernor
    /// @dev Seconds of notice under the body's default rule; each proposal has its own.
    function votingDelay() public view override returns (uint256) {
        return _period != 0 ? _delay : _atLeastOne(_rule(_defaultRuleId()).notice);
    }

    /// @inheritdoc IGovernor
    /// @dev Seconds under the body's default rule; each proposal has its own.
    function votingPeriod() public view override returns (uint256) {
        return _period != 0 ? _period : _rule(_defaultRuleId()).period;
    }

    // ------------------------------------------------------------------------------------------------- Internal

    function _rule(uint16 ruleId) internal view returns (Rule memory rule) {
        (,, rule) = IRulebook(rulebook).rule(ruleId);
    }

    function _defaultRuleId() internal view returns (uint16) {
        return IRulebook(rulebook).ruleIdOf(_defaultRule);
    }

    // -------------------------------------------------------------------------------------------------- Private

    function _examine(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description
    )
        private
        view
        returns (Filing memory filing)
    {
        address proposer = _msgSender();
        if (!_isValidDescriptionForProposer(proposer, description)) revert GovernorRestrictedProposer(proposer);
        filing.proposerId = _requireProposer(proposer);
        _requireActions(targets.length, values, calldatas.length);
        filing.terms = IRulebook(rulebook).classify(bodyId, targets, calldatas);
    }

    function _file(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        Filing memory filing
    )
        private
        returns (uint256 proposalId)
    {
        _delay = filing.opensAt - clock();
        _period = filing.terms.period;
        proposalId = _propose(targets, values, calldatas, description, _msgSender());
        _delay = 0;
        _period = 0;
        _register(proposalId, filing);
    }

    function _register(uint256 proposalId, Filing memory filing) private {
        uint32 number = ++proposalCount;
        (uint16 kindId, uint16 ruleId) = (filing.terms.kindId, filing.terms.ruleId);
        _setMeta(proposalId, packMeta(kindId, ruleId, number, filing.proposerId, filing.extraordinary));
        emit ProposalFiled(proposalId, number, kindId, ruleId, filing.proposerId, filing.extraordinary);
    }

    function _requireOpening(uint48 opensAt, uint32 notice) private view {
        uint48 earliest = _earliest(notice);
        uint48 latest = clock() + FARTHEST_OPENING;
        if (opensAt < earliest) revert ConsortiumGovernorNoticeTooShort(opensAt, earliest);
        if (opensAt > latest) revert ConsortiumGovernorOpensTooLate(opensAt, latest);
    }

    function _earliest(uint32 notice) private view returns (uint48) {
        return clock() + _atLeastOne(notice);
    }

    /// @dev No value travels with a decision: a body holds none.
    function _requireActions(uint256 targets, uint256[] memory values, uint256 calldatas) private pure {
        if (targets == 0 || targets != values.length || targets != calldatas) {
            revert GovernorInvalidProposalLength(targets, calldatas, values.length);
        }
        for (uint256 i = 0; i < targets; ++i) {
            if (values[i] != 0) revert ConsortiumGovernorValueNotAllowed(i, values[i]);
        }
    }

    /// @dev The snapshot lies at least a second ahead, so that who may vote is settled when voting opens.
    function _atLeastOne(uint32 notice) private pure returns (uint32) {
        return notice == 0 ? 1 : notice;
    }
}
