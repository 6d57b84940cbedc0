// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IRulebook, PartyEffect} from "../interfaces/IRulebook.sol";
import {Terms, termsUnder} from "../types/Terms.sol";
import {RuleVersions} from "./RuleVersions.sol";

/// @title Kinds of proposals: which body decides, and by which rule.
/// @dev A kind is resolved into one slot, durations of its rule included, so that filing a proposal reads one. Whoever
/// changes a rule therefore refreshes the kinds that use it.
abstract contract KindBook is RuleVersions {
    struct Kind {
        uint8 bodyId;
        bool resolution;
        PartyEffect partyEffect;
        Terms terms;
    }

    /// @inheritdoc IRulebook
    uint16 public override kindCount;

    mapping(uint16 kindId => Kind kind) private _kinds;
    mapping(uint16 kindId => bytes32 name) private _kindNames;
    mapping(bytes32 name => uint16 kindId) private _kindIds;

    /// @inheritdoc IRulebook
    function kind(uint16 kindId)
        external
        view
        override
        returns (bytes32 name, uint8 bodyId, uint16 ruleId, bool resolution, PartyEffect partyEffect)
    {
        Kind storage kind_ = _kindOf(kindId);
        return (_kindNames[kindId], kind_.bodyId, kind_.terms.ruleId(), kind_.resolution, kind_.partyEffect);
    }

    /// @inheritdoc IRulebook
    function kindIdOf(bytes32 name) external view override returns (uint16) {
        return _kindIds[name];
    }

    /// @param settings body, resolution and party effect; the terms follow from the rule.
    function _setKind(bytes32 name, bytes32 ruleName, Kind memory settings) internal returns (uint16 kindId) {
        uint16 ruleId = ruleIdOf(ruleName);
        if (ruleId == 0) revert RulebookUnknownRule(ruleName);
        kindId = _kindIds[name];
        if (kindId == 0) {
            kindId = ++kindCount;
            _kindIds[name] = kindId;
            _kindNames[kindId] = name;
        }
        _store(kindId, ruleId, settings);
    }

    /// @dev Kinds that follow the rule of this name move on to its new version.
    function _refreshKinds(bytes32 ruleName, uint16 ruleId) internal {
        for (uint16 kindId = 1; kindId <= kindCount; ++kindId) {
            Kind memory kind_ = _kinds[kindId];
            if (_versionOf(kind_.terms.ruleId()).name == ruleName) _store(kindId, ruleId, kind_);
        }
    }

    /// @dev The kind, which this body must decide.
    function _kindWithin(uint8 bodyId, uint16 kindId) internal view returns (Kind memory found) {
        found = _kinds[kindId];
        if (found.terms.ruleId() == 0) revert RulebookUnknownKind(kindId);
        if (found.bodyId != bodyId) revert RulebookWrongBody(kindId, found.bodyId, bodyId);
    }

    function _kindOf(uint16 kindId) internal view returns (Kind storage found) {
        found = _kinds[kindId];
        if (found.terms.ruleId() == 0) revert RulebookUnknownKind(kindId);
    }

    function _store(uint16 kindId, uint16 ruleId, Kind memory kind_) private {
        kind_.terms = termsUnder(kindId, ruleId, _versionOf(ruleId).rule);
        _kinds[kindId] = kind_;
        emit KindSet(kindId, _kindNames[kindId], kind_.bodyId, ruleId, kind_.resolution, kind_.partyEffect);
    }
}
