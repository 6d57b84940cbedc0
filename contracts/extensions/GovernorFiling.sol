// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/Governor.sol";
import {Acts} from "../Acts.sol";
import {IConsortiumGovernor} from "../interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry} from "../interfaces/IMemberRegistry.sol";
import {IRulebook, PartyEffect, TieBreak} from "../interfaces/IRulebook.sol";
import {DescriptionSuffixes} from "../libraries/DescriptionSuffixes.sol";
import {FilingLog, MOST_A_DAY} from "../types/FilingLog.sol";
import {Docket} from "../types/ProposalFile.sol";
import {Filing, ProposalMeta, packMeta} from "../types/ProposalMeta.sol";
import {Terms} from "../types/Terms.sol";
import {GovernorBallots} from "./GovernorBallots.sol";

/// @title Filing: what a proposal does says what kind it is, the kind says the rule, the rule says when it may open.
abstract contract GovernorFiling is GovernorBallots {
    /// @dev What is proposed.
    struct Motion {
        address[] targets;
        uint256[] values;
        bytes[] calldatas;
        string description;
    }

    /// @dev An error of unit must not file a proposal for the next century.
    uint48 private constant FARTHEST_OPENING = 366 days;

    bytes32 private immutable _defaultRule;

    FilingLog private _filingLog;

    /// @dev `votingDelay` and `votingPeriod` are not told which proposal is meant: while one is filed, it is this one.
    /// From the lowest bit: period (32), delay (48).
    uint256 private transient _durations;

    /// @param defaultRule_ what `votingDelay`, `votingPeriod` and `quorum` answer for when no proposal is meant.
    constructor(address rulebook_, bytes32 defaultRule_) GovernorBallots(rulebook_) {
        if (IRulebook(rulebook_).ruleIdOf(defaultRule_) == 0) {
            revert IRulebook.RulebookUnknownRule(defaultRule_);
        }
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
        Motion memory motion = Motion(targets, values, calldatas, description);
        (Terms terms, Filing memory filing) = _examine(motion);
        return _file(motion, terms, filing, _earliest(terms.notice()));
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
        return _convene(Motion(targets, values, calldatas, description), opensAt, extraordinary);
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
    function proposalCount() external view override returns (uint32) {
        return _filingLog.proposals();
    }

    /// @inheritdoc IConsortiumGovernor
    function proposalTerms(uint256 proposalId)
        external
        view
        override
        returns (uint32 number, uint16 kindId, uint16 ruleId, bool extraordinary)
    {
        ProposalMeta meta = _metaOf(proposalId);
        return (meta.number(), meta.kindId(), meta.ruleId(), meta.extraordinary());
    }

    /// @inheritdoc IConsortiumGovernor
    function proposalParties(uint256 proposalId)
        external
        view
        override
        returns (uint16 partyId, PartyEffect partyEffect, uint16 chairId)
    {
        ProposalMeta meta = _metaOf(proposalId);
        return (meta.partyId(), meta.partyEffect(), meta.chairId());
    }

    /// @inheritdoc IGovernor
    /// @dev Seconds of notice under the body's default rule; each proposal has its own.
    function votingDelay() public view override returns (uint256) {
        uint256 durations = _durations;
        if (durations != 0) return durations >> 32;
        (uint32 notice,,) = _inForce(0);
        return _atLeastOne(notice);
    }

    /// @inheritdoc IGovernor
    /// @dev Seconds under the body's default rule; each proposal has its own.
    function votingPeriod() public view override returns (uint256 period) {
        period = uint32(_durations);
        if (period == 0) (, period,) = _inForce(0);
    }

    /// @inheritdoc IGovernor
    /// @dev Ballots needed under the body's default rule; a proposal's own is {quorumOf}.
    function quorum(uint256 timepoint) public view override returns (uint256 ballots) {
        (,, ballots) = _inForce(timepoint > type(uint48).max ? type(uint48).max : uint48(timepoint));
    }

    // ------------------------------------------------------------------------------------------------- Internal

    function _convene(Motion memory motion, uint48 opensAt, bool extraordinary) internal returns (uint256) {
        (Terms terms, Filing memory filing) = _examine(motion);
        filing.extraordinary = extraordinary;
        _requireOpening(opensAt, extraordinary ? terms.shortNotice() : terms.notice(), FARTHEST_OPENING);
        return _file(motion, terms, filing, opensAt);
    }

    function _requireOpening(uint48 opensAt, uint32 notice, uint48 farthest) internal view {
        uint48 earliest = _earliest(notice);
        uint48 latest = clock() + farthest;
        if (opensAt < earliest) revert ConsortiumGovernorNoticeTooShort(opensAt, earliest);
        if (opensAt > latest) revert ConsortiumGovernorOpensTooLate(opensAt, latest);
    }

    function _file(
        Motion memory motion,
        Terms terms,
        Filing memory filing,
        uint48 opensAt
    )
        internal
        returns (uint256 proposalId)
    {
        _durations = (uint256(opensAt - clock()) << 32) | terms.period();
        proposalId = _propose(motion.targets, motion.values, motion.calldatas, motion.description, _msgSender());
        _durations = 0;
        _register(proposalId, terms, filing);
    }

    /// @dev At a fraction of the price of OpenZeppelin's.
    function _isValidDescriptionForProposer(
        address proposer,
        string memory description
    )
        internal
        pure
        override
        returns (bool)
    {
        return DescriptionSuffixes.permits(description, proposer);
    }

    /// @dev Reverts if there is no such proposal.
    function _metaOf(uint256 proposalId) internal view returns (ProposalMeta meta) {
        meta = _files[proposalId].meta();
        if (meta.number() == 0) revert GovernorNonexistentProposal(proposalId);
    }

    // -------------------------------------------------------------------------------------------------- Private

    function _examine(Motion memory motion) private view returns (Terms terms, Filing memory filing) {
        address proposer = _msgSender();
        if (!_isValidDescriptionForProposer(proposer, motion.description)) {
            revert GovernorRestrictedProposer(proposer);
        }
        filing.proposerId = _requireProposer(proposer);
        filing.attempt = 1;
        _requireActions(motion);
        terms = IRulebook(rulebook).classify(bodyId, motion.targets, motion.calldatas);
    }

    function _register(uint256 proposalId, Terms terms, Filing memory filing) private {
        filing.number = _logNext(filing.proposerId);
        if (terms.tie() == TieBreak.Chair) filing.chairId = IMemberRegistry(registry).chairOf(bodyId);
        _files[proposalId].ballots[0] = ProposalMeta.unwrap(packMeta(terms, filing));
        emit ProposalFiled(
            proposalId,
            filing.number,
            terms.kindId(),
            terms.ruleId(),
            filing.proposerId,
            filing.extraordinary,
            terms.partyId(),
            terms.partyEffect(),
            filing.chairId
        );
        if (terms.partyEffect() == PartyEffect.Recuses) {
            Acts.recuseParty(_files[proposalId], proposalId, terms.partyId());
        }
    }

    /// @dev The number of the next proposal: 24 bits, more than anybody can pay for.
    function _logNext(uint16 proposerId) private returns (uint24) {
        (FilingLog log, bool allowed) = _filingLog.logged(proposerId, clock());
        if (!allowed) revert ConsortiumGovernorTooManyProposals(proposerId, MOST_A_DAY);
        _filingLog = log;
        return uint24(log.proposals());
    }

    function _earliest(uint32 notice) private view returns (uint48) {
        return clock() + _atLeastOne(notice);
    }

    /// @dev No value travels with a decision: a body holds none.
    function _requireActions(Motion memory motion) private pure {
        uint256 actions = motion.targets.length;
        if (actions == 0 || actions != motion.values.length || actions != motion.calldatas.length) {
            revert GovernorInvalidProposalLength(actions, motion.calldatas.length, motion.values.length);
        }
        for (uint256 i = 0; i < actions; ++i) {
            if (motion.values[i] != 0) revert ConsortiumGovernorValueNotAllowed(i, motion.values[i]);
        }
    }

    function _inForce(uint48 timepoint) private view returns (uint32 notice, uint32 period, uint256 ballots) {
        return Acts.inForce(Docket(0, registry, rulebook, bodyId, 0, 0), _defaultRule, timepoint);
    }

    /// @dev The snapshot lies at least a second ahead, so that who may vote is settled when voting opens.
    function _atLeastOne(uint32 notice) private pure returns (uint32) {
        return notice == 0 ? 1 : notice;
    }
}
