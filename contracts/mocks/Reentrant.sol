// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

/// @title A target that calls back whatever it was loaded with, and remembers whether that went through.
contract Reentrant {
    address private _target;
    bytes private _call;
    /// @notice Whether the call back succeeded.
    bool public succeeded;
    /// @notice How often {act} ran.
    uint256 public runs;

    /// @notice Loads the call back.
    function load(address target, bytes calldata call) external {
        _target = target;
        _call = call;
    }

    /// @notice What a decision executes.
    function act() external {
        ++runs;
        // solhint-disable-next-line avoid-low-level-calls
        (succeeded,) = _target.call(_call);
    }
}
