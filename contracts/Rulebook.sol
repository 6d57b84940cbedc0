// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {KindBook} from "./extensions/KindBook.sol";
import {IRulebook, Rule, Step, Tally, Verdict} from "./interfaces/IRulebook.sol";
import {Judgment} from "./libraries/Judgment.sol";

/// @title The law of the consortium, changed only by its owner: the timelock of the general assembly after hand-over.
contract Rulebook is Ownable, KindBook {
    constructor(address initialOwner, address records_) Ownable(initialOwner) KindBook(records_) {}

    /// @inheritdoc IRulebook
    function setRule(bytes32 name, Rule calldata rule_) external override onlyOwner returns (uint16 ruleId) {
        ruleId = _setRule(name, rule_);
        _refreshKinds(name, ruleId);
    }

    /// @inheritdoc IRulebook
    function setKind(
        bytes32 name,
        uint8 bodyId,
        bytes32 ruleName,
        bool resolution
    )
        external
        override
        onlyOwner
        returns (uint16 kindId)
    {
        return _setKind(name, bodyId, ruleName, resolution);
    }

    /// @inheritdoc IRulebook
    function listAction(uint16 kindId, address target, bytes4 selector) external override onlyOwner {
        _listAction(kindId, target, selector);
    }

    /// @inheritdoc IRulebook
    /// @dev The call that lists actions stays listed, or the law could lock itself out.
    function unlistAction(address target, bytes4 selector) external override onlyOwner {
        if (target == address(this) && selector == this.listAction.selector) {
            revert RulebookForbiddenTarget(target, selector);
        }
        _unlistAction(target, selector);
    }

    /// @inheritdoc IRulebook
    function judge(Rule calldata rule_, Tally calldata tally) external pure override returns (Verdict, Step[] memory) {
        return (Judgment.judge(rule_, tally), Judgment.steps(rule_, tally));
    }
}
