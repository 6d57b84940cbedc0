// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ActionBook} from "./extensions/ActionBook.sol";
import {IRulebook, PartyEffect, Rule, Step, Tally, Verdict} from "./interfaces/IRulebook.sol";
import {Judgment} from "./libraries/Judgment.sol";

/// @title The law of the consortium, changed only by its owner: the timelock of the general assembly after hand-over.
contract Rulebook is Ownable, ActionBook {
    /// @dev Whatever is changed, the law can be changed again afterwards.
    modifier staysChangeable() {
        _;
        _requireChangeable(this.setRule.selector);
        _requireChangeable(this.setKind.selector);
        _requireChangeable(this.listAction.selector);
    }

    constructor(address initialOwner, address records_) Ownable(initialOwner) ActionBook(records_) {}

    /// @inheritdoc IRulebook
    function setRule(
        bytes32 name,
        Rule calldata rule_
    )
        external
        override
        onlyOwner
        staysChangeable
        returns (uint16 ruleId)
    {
        ruleId = _setRule(name, rule_);
        _refreshKinds(name, ruleId);
    }

    /// @inheritdoc IRulebook
    function setKind(
        bytes32 name,
        uint8 bodyId,
        bytes32 ruleName,
        bool resolution,
        PartyEffect partyEffect
    )
        external
        override
        onlyOwner
        staysChangeable
        returns (uint16 kindId)
    {
        Kind memory settings;
        (settings.bodyId, settings.resolution, settings.partyEffect) = (bodyId, resolution, partyEffect);
        return _setKind(name, ruleName, settings);
    }

    /// @inheritdoc IRulebook
    function listAction(
        uint16 kindId,
        address target,
        bytes4 selector,
        PartyEffect partyEffect,
        uint8 partyArgument
    )
        external
        override
        onlyOwner
        staysChangeable
    {
        _listAction(target, selector, Listing(kindId, partyEffect, partyArgument));
    }

    /// @inheritdoc IRulebook
    /// @dev The calls that change the law stay listed.
    function unlistAction(address target, bytes4 selector) external override onlyOwner {
        _unlistAction(target, selector);
    }

    /// @inheritdoc Ownable
    /// @dev A law without an owner could never be changed again.
    function renounceOwnership() public pure override {
        revert OwnableInvalidOwner(address(0));
    }

    /// @inheritdoc IRulebook
    function judge(Rule calldata rule_, Tally calldata tally) external pure override returns (Verdict, Step[] memory) {
        return (Judgment.judge(rule_, tally), Judgment.steps(rule_, tally));
    }
}
