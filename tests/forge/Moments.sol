// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Consortium} from "./Consortium.sol";

/// @notice What is tried, by whom, and how it is refused out of time.
struct Act {
    address sender;
    address target;
    bytes call;
    bytes4 refusal;
}

/// @notice Acts tried at the edges of their time. Each moment is tried on its own: what it changed is undone before the
/// next.
abstract contract Moments is Consortium {
    function _requireFrom(uint48 first, Act memory act) internal {
        require(_tried(first - 1, act) == act.refusal, "a second too early");
        require(_tried(first, act) == bytes4(0), "in the first second");
        require(_tried(first + 1, act) == bytes4(0), "a second after the first");
    }

    function _requireUntil(uint48 last, Act memory act) internal {
        require(_tried(last - 1, act) == bytes4(0), "a second before the last");
        require(_tried(last, act) == bytes4(0), "in the last second");
        require(_tried(last + 1, act) == act.refusal, "a second too late");
    }

    /// @dev How the act is refused in that second; zero if it is not.
    function _tried(uint48 second, Act memory act) internal returns (bytes4 refusal) {
        uint256 before = vm.snapshotState();
        vm.warp(second);
        vm.prank(act.sender);
        // solhint-disable-next-line avoid-low-level-calls
        (bool done, bytes memory answer) = act.target.call(act.call);
        refusal = done ? bytes4(0) : bytes4(answer);
        require(done || refusal != 0, "refused without a reason");
        vm.revertToState(before);
    }
}
