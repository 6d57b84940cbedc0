// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IBodyTimelock} from "./interfaces/IBodyTimelock.sol";

/// @title OpenZeppelin's timelock, for one governor only.
/// @dev The governor does not ask the timelock what became of an operation (that saves a slot for each decision). This
/// is sound only while nobody else can schedule, cancel or execute here, so the first account given one of these roles
/// is the only one that can ever hold any of them, and no role is ever open to all.
contract BodyTimelock is TimelockController, IBodyTimelock {
    /// @notice Most delay between queueing and execution, in seconds: an error of unit must not freeze a body.
    uint256 public constant MOST_DELAY = 366 days;

    /// @inheritdoc IBodyTimelock
    address public override governor;

    /// @param minDelay seconds between queueing and execution.
    /// @param admin names the governor and then renounces; the timelock is its own admin for ever.
    constructor(
        uint256 minDelay,
        address admin
    )
        TimelockController(minDelay, new address[](0), new address[](0), admin)
    {
        _requireDelay(minDelay);
    }

    /// @inheritdoc TimelockController
    function updateDelay(uint256 newDelay) public override {
        _requireDelay(newDelay);
        super.updateDelay(newDelay);
    }

    /// @inheritdoc TimelockController
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == type(IBodyTimelock).interfaceId || super.supportsInterface(interfaceId);
    }

    function _grantRole(bytes32 role, address account) internal override returns (bool) {
        if (account == address(0)) revert BodyTimelockOpenRole(role);
        if (role != DEFAULT_ADMIN_ROLE) _nameGovernor(account);
        return super._grantRole(role, account);
    }

    function _nameGovernor(address account) private {
        if (governor == address(0)) governor = account;
        if (governor != account) revert BodyTimelockGovernedAlready(governor, account);
    }

    function _requireDelay(uint256 delay) private pure {
        if (delay > MOST_DELAY) revert BodyTimelockDelayTooLong(delay, MOST_DELAY);
    }
}
