// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {EIP7702Utils} from "@openzeppelin/contracts/account/utils/EIP7702Utils.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {ERC165Checker} from "@openzeppelin/contracts/utils/introspection/ERC165Checker.sol";
import {IBodyTimelock} from "../interfaces/IBodyTimelock.sol";
import {IRulebook, PartyEffect} from "../interfaces/IRulebook.sol";
import {Records} from "../Records.sol";
import {Terms} from "../types/Terms.sol";
import {KindBook} from "./KindBook.sol";

/// @title The calls that only a kind may carry: the law follows from what a proposal does.
abstract contract ActionBook is KindBook {
    struct Listing {
        uint16 kindId; // 0: not listed
        PartyEffect partyEffect;
        uint8 partyArgument; // from 1; 0: the call names no member
    }

    /// @dev `resolve(uint16,bytes32)` and `resolveFor(uint16,uint16,bytes32)`: a selector and their words, no more.
    uint256 private constant RESOLVE_LENGTH = 68;
    uint256 private constant RESOLVE_FOR_LENGTH = 100;
    uint8 private constant RESOLVE_FOR_PARTY = 2;
    /// @dev The body whose timelock owns the rulebook.
    uint8 private constant ASSEMBLY = 0;

    /// @inheritdoc IRulebook
    address public immutable override records;

    mapping(bytes32 action => Listing listing) private _listings;

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
        returns (Terms terms)
    {
        if (targets.length == 0) revert RulebookUnknownKind(0);
        for (uint256 i = 0; i < targets.length; ++i) {
            bytes calldata data = calldatas[i];
            if (data.length < 4) revert RulebookCalldataTooShort(i, data.length);
            uint16 before = terms.kindId();
            terms = _termsOf(bodyId, targets[i], data);
            if (i != 0 && terms.kindId() != before) revert RulebookMixedKinds(before, terms.kindId());
            if (terms.partyId() != 0 && targets.length != 1) revert RulebookPartyNotAlone(targets.length);
        }
    }

    /// @inheritdoc IRulebook
    function kindOfAction(address target, bytes4 selector) external view override returns (uint16) {
        return _listings[_key(target, selector)].kindId;
    }

    /// @inheritdoc IRulebook
    function partyOfAction(
        address target,
        bytes4 selector
    )
        external
        view
        override
        returns (PartyEffect partyEffect, uint8 partyArgument)
    {
        Listing storage listing = _listings[_key(target, selector)];
        return (listing.partyEffect, listing.partyArgument);
    }

    // ------------------------------------------------------------------------------------------------- Internal

    function _listAction(address target, bytes4 selector, Listing memory listing) internal {
        _kindOf(listing.kindId);
        _requireListable(target, selector);
        if (listing.partyEffect != PartyEffect.None && listing.partyArgument == 0) {
            revert RulebookInvalidParty(target, selector, 0);
        }
        bytes32 key = _key(target, selector);
        uint16 taken = _listings[key].kindId;
        if (taken != 0) revert RulebookActionTaken(target, selector, taken);
        _listings[key] = listing;
        emit ActionListed(listing.kindId, target, selector, listing.partyEffect, listing.partyArgument);
    }

    function _unlistAction(address target, bytes4 selector) internal {
        bytes32 key = _key(target, selector);
        uint16 kindId = _listings[key].kindId;
        if (kindId == 0) revert RulebookActionNotListed(target, selector);
        if (target == address(this) && _changesLaw(selector)) revert RulebookLockOut(target, selector);
        delete _listings[key];
        emit ActionUnlisted(kindId, target, selector);
    }

    /// @dev Once listed, a call that changes the law stays with the assembly, whose timelock alone can make it, and
    /// under a rule that binds; or the law could never be changed again.
    function _requireChangeable(bytes4 selector) internal view {
        uint16 kindId = _listings[_key(address(this), selector)].kindId;
        if (kindId == 0) return;
        Kind storage kind_ = _kindOf(kindId);
        bool changeable = kind_.bodyId == ASSEMBLY && _versionOf(kind_.terms.ruleId()).rule.binding;
        if (!changeable) revert RulebookLockOut(address(this), selector);
    }

    // -------------------------------------------------------------------------------------------------- Private

    /// @dev Under which terms one call is decided; reads the kind's slot once.
    function _termsOf(uint8 bodyId, address target, bytes calldata data) private view returns (Terms) {
        bytes4 selector = bytes4(data);
        if (target == records) return _termsOfResolution(bodyId, selector, data);
        Listing memory listing = _listings[_key(target, selector)];
        if (listing.kindId == 0) revert RulebookActionNotListed(target, selector);
        Terms terms = _kindWithin(bodyId, listing.kindId).terms;
        if (listing.partyArgument == 0) return terms;
        uint16 partyId = _argument(data, listing.partyArgument);
        if (partyId == 0) revert RulebookInvalidParty(target, selector, listing.partyArgument);
        return terms.naming(partyId, listing.partyEffect);
    }

    /// @dev A resolution names its kind itself; whether it may, and what follows for whom it names, the kind says.
    function _termsOfResolution(uint8 bodyId, bytes4 selector, bytes calldata data) private view returns (Terms) {
        bool plain = selector == Records.resolve.selector && data.length == RESOLVE_LENGTH;
        bool named = !plain && selector == Records.resolveFor.selector && data.length == RESOLVE_FOR_LENGTH;
        uint16 kindId = named || plain ? _argument(data, 1) : 0;
        if (kindId == 0) revert RulebookActionNotListed(records, selector);
        Kind memory kind_ = _kindWithin(bodyId, kindId);
        if (plain && !kind_.resolution) revert RulebookNotAResolution(kindId);
        if (plain) return kind_.terms;
        uint16 partyId = _argument(data, RESOLVE_FOR_PARTY);
        bool valid = kind_.partyEffect != PartyEffect.None && partyId != 0;
        if (!valid) revert RulebookInvalidParty(records, selector, RESOLVE_FOR_PARTY);
        return kind_.terms.naming(partyId, kind_.partyEffect);
    }

    /// @dev A timelock (roles, delay, any call at all) and a governor would let a proposal do what its kind does not
    /// list; `Records` names its kind itself; the law has no other owner than the assembly. What has no code, or code
    /// that its key may swap, may be something else tomorrow.
    function _requireListable(address target, bytes4 selector) private view {
        bool transfer = target == address(this) && selector == Ownable.transferOwnership.selector;
        bool forbidden = transfer || target == records || target.code.length == 0
            || EIP7702Utils.fetchDelegate(target) != address(0)
            || ERC165Checker.supportsInterface(target, type(IBodyTimelock).interfaceId)
            || ERC165Checker.supportsInterface(target, type(IGovernor).interfaceId);
        if (forbidden) revert RulebookForbiddenTarget(target, selector);
    }

    function _changesLaw(bytes4 selector) private pure returns (bool) {
        return selector == IRulebook.setRule.selector || selector == IRulebook.setKind.selector
            || selector == IRulebook.listAction.selector;
    }

    /// @dev The argument as a number of 16 bits; 0 where the call has none, or a greater one.
    function _argument(bytes calldata data, uint8 position) private pure returns (uint16) {
        uint256 start = 32 * uint256(position) - 28; // after the selector and the arguments before
        if (data.length < start + 32) return 0;
        uint256 word = uint256(bytes32(data[start:]));
        return word > type(uint16).max ? 0 : uint16(word);
    }

    function _key(address target, bytes4 selector) private pure returns (bytes32) {
        return bytes32(bytes20(target)) | (bytes32(selector) >> 160);
    }
}
