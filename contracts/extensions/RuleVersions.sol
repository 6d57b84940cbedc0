// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IRulebook, Rule, TieBreak, VetoGround} from "../interfaces/IRulebook.sol";

/// @title Rules, each version under an id of its own for ever: an opened proposal keeps the law it was opened under.
abstract contract RuleVersions is IRulebook {
    struct RuleVersion {
        bytes32 name;
        uint16 version;
        Rule rule;
    }

    /// @dev Bounds of every duration, in seconds: an error of unit must neither rush nor freeze a body.
    uint32 private constant LEAST_PERIOD = 1 hours;
    uint32 private constant MOST_DURATION = 366 days;
    /// @dev A ballot word has four bits for the attempt.
    uint8 private constant MOST_CALLS = 15;
    /// @dev Bit `1 << ground` of each ground there is.
    uint8 private constant ALL_GROUNDS = uint8((1 << (uint8(type(VetoGround).max) + 1)) - 1);

    mapping(uint16 ruleId => RuleVersion version) private _versions;
    mapping(bytes32 name => uint16 ruleId) private _current;

    /// @inheritdoc IRulebook
    uint16 public override ruleCount;

    /// @inheritdoc IRulebook
    function rule(uint16 ruleId) external view override returns (bytes32 name, uint16 version, Rule memory) {
        RuleVersion storage version_ = _versionOf(ruleId);
        return (version_.name, version_.version, version_.rule);
    }

    /// @inheritdoc IRulebook
    function ruleIdOf(bytes32 name) public view override returns (uint16) {
        return _current[name];
    }

    function _setRule(bytes32 name, Rule calldata rule_) internal returns (uint16 ruleId) {
        if (name == 0) revert RulebookUnknownRule(name);
        _requireDurations(rule_);
        _requireFractions(rule_);
        _requireCompatible(name, rule_);
        ruleId = ++ruleCount;
        uint16 version = _versions[_current[name]].version + 1;
        _versions[ruleId] = RuleVersion(name, version, rule_);
        _current[name] = ruleId;
        emit RuleSet(ruleId, name, version, rule_);
    }

    function _versionOf(uint16 ruleId) internal view returns (RuleVersion storage found) {
        found = _versions[ruleId];
        if (found.version == 0) revert RulebookUnknownRuleId(ruleId);
    }

    function _requireDurations(Rule calldata rule_) private pure {
        _requireWithin(rule_.notice, 0, MOST_DURATION);
        _requireWithin(rule_.period, LEAST_PERIOD, MOST_DURATION);
        _requireWithin(rule_.standstill, 0, MOST_DURATION);
        _requireWithin(rule_.vetoWindow, 0, MOST_DURATION);
        if (rule_.shortNotice > rule_.notice) {
            revert RulebookShortNoticeTooLong(rule_.shortNotice, rule_.notice);
        }
    }

    /// @dev What binds must have won a majority; a consultation may ask for nothing.
    function _requireFractions(Rule calldata rule_) private pure {
        _requireFraction(rule_.quorumNumerator, rule_.quorumDenominator);
        _requireFraction(rule_.majorityNumerator, rule_.majorityDenominator);
        _requireFraction(rule_.countryNumerator, rule_.countryDenominator);
        bool reachable = !rule_.strict || rule_.majorityNumerator < rule_.majorityDenominator;
        if (!reachable || (rule_.binding && rule_.majorityNumerator == 0)) {
            revert RulebookInvalidFraction(rule_.majorityNumerator, rule_.majorityDenominator);
        }
    }

    /// @dev Settings that would contradict each other: silence that consents is never short of a quorum, and an outcome
    /// is certain early only where the ballots handed in stay as they are and nothing but their number decides.
    function _requireCompatible(bytes32 name, Rule calldata rule_) private pure {
        bool silent = rule_.silenceConsents;
        bool unsettled = rule_.revisable || silent || rule_.countryNumerator != 0 || rule_.tie == TieBreak.Chair;
        bool contradictory = (silent && rule_.quorumNumerator != 0) || (rule_.earlyClose && unsettled);
        bool outOfRange = rule_.calls == 1 || rule_.calls > MOST_CALLS || rule_.vetoGrounds > ALL_GROUNDS;
        if (contradictory || outOfRange) revert RulebookIncompatibleSettings(name);
    }

    function _requireFraction(uint16 numerator, uint16 denominator) private pure {
        if (denominator == 0 || numerator > denominator) revert RulebookInvalidFraction(numerator, denominator);
    }

    function _requireWithin(uint32 duration, uint32 least, uint32 most) private pure {
        if (duration < least || duration > most) revert RulebookDurationOutOfBounds(duration, least, most);
    }
}
