// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {ERC165Checker} from "@openzeppelin/contracts/utils/introspection/ERC165Checker.sol";
import {IBodyTimelock} from "../interfaces/IBodyTimelock.sol";
import {IRulebook, Rule, Terms} from "../interfaces/IRulebook.sol";
import {Records} from "../Records.sol";
import {RuleVersions} from "./RuleVersions.sol";

/// @title Kinds of proposals and the calls that only they may carry: the law follows from what a proposal does.
/// @dev A kind is resolved into one slot, durations of its rule included, so that filing a proposal reads one. Whoever
/// changes a rule therefore refreshes the kinds that use it.
abstract contract KindBook is RuleVersions {
    struct Kind {
        uint8 bodyId;
        bool resolution;
        uint16 ruleId;
        uint32 notice;
        uint32 shortNotice;
        uint32 period;
    }

    /// @dev `resolve(uint16,bytes32)`: a selector and two words, no more.
    uint256 private constant RESOLVE_LENGTH = 68;

    /// @inheritdoc IRulebook
    address public immutable override records;
    /// @inheritdoc IRulebook
    uint16 public override kindCount;

    mapping(uint16 kindId => Kind kind) private _kinds;
    mapping(uint16 kindId => bytes32 name) private _kindNames;
    mapping(bytes32 name => uint16 kindId) private _kindIds;
    mapping(bytes32 action => uint16 kindId) private _actions;
    mapping(uint16 kindId => uint256 calls) private _listed; // calls that only this kind may carry

    constructor(address records_) {
        records = records_;
    }

    // -------------------------------------------------------------------------------------------------- Getters

    /// @inheritdoc IRulebook
    function classify(
        uint8 bodyId,
        address[] calldata targets,
        bytes[] calldata calldatas
    )
        external
        view
        override
        returns (Terms memory)
    {
        uint16 kindId = 0;
        for (uint256 i = 0; i < targets.length; ++i) {
            if (calldatas[i].length < 4) revert RulebookCalldataTooShort(i, calldatas[i].length);
            uint16 carried = _kindOfCall(targets[i], calldatas[i]);
            if (i != 0 && carried != kindId) revert RulebookMixedKinds(kindId, carried);
            kindId = carried;
        }
        return _termsFor(bodyId, kindId);
    }

    /// @inheritdoc IRulebook
    function kind(uint16 kindId)
        external
        view
        override
        returns (bytes32 name, uint8 bodyId, uint16 ruleId, bool resolution)
    {
        Kind storage kind_ = _kindOf(kindId);
        return (_kindNames[kindId], kind_.bodyId, kind_.ruleId, kind_.resolution);
    }

    /// @inheritdoc IRulebook
    function kindIdOf(bytes32 name) external view override returns (uint16) {
        return _kindIds[name];
    }

    /// @inheritdoc IRulebook
    function kindOfAction(address target, bytes4 selector) external view override returns (uint16) {
        return _actions[_key(target, selector)];
    }

    // ------------------------------------------------------------------------------------------------- Internal

    function _setKind(bytes32 name, uint8 bodyId, bytes32 ruleName, bool resolution) internal returns (uint16 kindId) {
        uint16 ruleId = ruleIdOf(ruleName);
        if (ruleId == 0) revert RulebookUnknownRule(ruleName);
        kindId = _kindIds[name];
        if (kindId == 0) {
            kindId = ++kindCount;
            _kindIds[name] = kindId;
            _kindNames[kindId] = name;
        } else {
            _requireSame(kindId, bodyId, resolution);
        }
        _resolve(kindId, bodyId, ruleId, resolution);
    }

    /// @dev Kinds that follow the rule of this name move on to its new version.
    function _refreshKinds(bytes32 ruleName, uint16 ruleId) internal {
        for (uint16 kindId = 1; kindId <= kindCount; ++kindId) {
            Kind storage kind_ = _kinds[kindId];
            if (_versionOf(kind_.ruleId).name != ruleName) continue;
            _resolve(kindId, kind_.bodyId, ruleId, kind_.resolution);
        }
    }

    function _listAction(uint16 kindId, address target, bytes4 selector) internal {
        _kindOf(kindId);
        _requireListable(target, selector);
        bytes32 key = _key(target, selector);
        if (_actions[key] != 0) revert RulebookActionTaken(target, selector, _actions[key]);
        _actions[key] = kindId;
        ++_listed[kindId];
        _requireEffect(kindId, _kinds[kindId].ruleId);
        emit ActionListed(kindId, target, selector);
    }

    function _unlistAction(address target, bytes4 selector) internal {
        bytes32 key = _key(target, selector);
        uint16 kindId = _actions[key];
        if (kindId == 0) revert RulebookActionNotListed(target, selector);
        delete _actions[key];
        --_listed[kindId];
        emit ActionUnlisted(kindId, target, selector);
    }

    // -------------------------------------------------------------------------------------------------- Private

    function _termsFor(uint8 bodyId, uint16 kindId) private view returns (Terms memory) {
        Kind memory kind_ = _kindOf(kindId);
        if (kind_.bodyId != bodyId) revert RulebookWrongBody(kindId, kind_.bodyId, bodyId);
        return Terms(kindId, kind_.ruleId, kind_.notice, kind_.shortNotice, kind_.period);
    }

    function _kindOfCall(address target, bytes calldata data) private view returns (uint16 kindId) {
        bytes4 selector = bytes4(data[:4]);
        if (target == records && selector == Records.resolve.selector) return _kindOfResolution(data);
        kindId = _actions[_key(target, selector)];
        if (kindId == 0) revert RulebookActionNotListed(target, selector);
    }

    function _kindOfResolution(bytes calldata data) private view returns (uint16 kindId) {
        uint256 argument = data.length == RESOLVE_LENGTH ? uint256(bytes32(data[4:36])) : 0;
        if (argument > type(uint16).max || argument == 0) {
            revert RulebookActionNotListed(records, Records.resolve.selector);
        }
        kindId = uint16(argument);
        if (!_kindOf(kindId).resolution) revert RulebookNotAResolution(kindId);
    }

    function _kindOf(uint16 kindId) private view returns (Kind storage found) {
        found = _kinds[kindId];
        if (found.ruleId == 0) revert RulebookUnknownKind(kindId);
    }

    function _resolve(uint16 kindId, uint8 bodyId, uint16 ruleId, bool resolution) private {
        _requireEffect(kindId, ruleId);
        Rule storage rule_ = _versionOf(ruleId).rule;
        _kinds[kindId] = Kind(bodyId, resolution, ruleId, rule_.notice, rule_.shortNotice, rule_.period);
        emit KindSet(kindId, _kindNames[kindId], bodyId, ruleId, resolution);
    }

    /// @dev A kind that carries calls of its own must bind, or those calls (the law's own changes among them) could
    /// never be made again.
    function _requireEffect(uint16 kindId, uint16 ruleId) private view {
        if (_listed[kindId] != 0 && !_versionOf(ruleId).rule.binding) revert RulebookKindMustBind(kindId, ruleId);
    }

    /// @dev A kind moved to a body that does not exist would lock away what only it may carry.
    function _requireSame(uint16 kindId, uint8 bodyId, bool resolution) private view {
        Kind storage kind_ = _kinds[kindId];
        if (kind_.bodyId != bodyId || kind_.resolution != resolution) {
            revert RulebookKindIsFixed(kindId, kind_.bodyId, kind_.resolution);
        }
    }

    /// @dev A timelock (roles, delay, any call at all) and a governor would let a proposal do what its kind does not
    /// list; `Records.resolve` names its kind itself.
    function _requireListable(address target, bytes4 selector) private view {
        bool forbidden = target == records || ERC165Checker.supportsInterface(target, type(IBodyTimelock).interfaceId)
            || ERC165Checker.supportsInterface(target, type(IGovernor).interfaceId);
        if (forbidden) revert RulebookForbiddenTarget(target, selector);
    }

    function _key(address target, bytes4 selector) private pure returns (bytes32) {
        return bytes32(bytes20(target)) | (bytes32(selector) >> 160);
    }
}
