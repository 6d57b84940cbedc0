// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

/// @notice What forge lets a test do to its chain; only the part in use here.
interface Vm {
    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }

    function addr(uint256 privateKey) external pure returns (address);
    function assume(bool condition) external pure;
    function assertEq(uint256 left, uint256 right, string calldata what) external pure;
    function assertEq(string calldata left, string calldata right, string calldata what) external pure;
    function assertTrue(bool condition, string calldata what) external pure;
    function deployCode(string calldata artifact) external returns (address);
    function etch(address target, bytes calldata code) external;
    function expectEmit() external;
    function expectEmit(bool topic1, bool topic2, bool topic3, bool data, address emitter) external;
    function expectRevert() external;
    function expectRevert(bytes4 selector) external;
    function expectRevert(bytes calldata data) external;
    function expectPartialRevert(bytes4 selector) external;
    function getBlockTimestamp() external view returns (uint256);
    function getRecordedLogs() external returns (Log[] memory);
    function load(address target, bytes32 slot) external view returns (bytes32);
    function prank(address sender) external;
    function recordLogs() external;
    function revertToState(uint256 id) external returns (bool);
    function sign(uint256 privateKey, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function snapshotGasLastCall(string calldata group, string calldata name) external returns (uint256);
    function snapshotState() external returns (uint256);
    function snapshotValue(string calldata group, string calldata name, uint256 value) external;
    function store(address target, bytes32 slot, bytes32 value) external;
    function toLowercase(string calldata text) external pure returns (string memory);
    function toString(uint256 value) external pure returns (string memory);
    function toString(address value) external pure returns (string memory);
    function warp(uint256 timestamp) external;
}

/// @notice Numbers that follow from a seed, so that one number chosen by the fuzzer decides many.
struct Dice {
    uint256 seed;
}

using {roll, flip} for Dice global;

/// @dev A number from `least` to `most`.
function roll(Dice memory dice, uint256 least, uint256 most) pure returns (uint256) {
    dice.seed = uint256(keccak256(abi.encode(dice.seed)));
    return least + dice.seed % (most - least + 1);
}

function flip(Dice memory dice) pure returns (bool) {
    return dice.roll(0, 1) == 1;
}

/// @notice A contract whose `test…` functions forge runs, and whose `check_…` functions halmos proves.
abstract contract Proof {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// @notice Maps any number to one from `least` to `most`.
    function within(uint256 number, uint256 least, uint256 most) internal pure returns (uint256) {
        return least + number % (most - least + 1);
    }

    /// @dev Asked of forge, because the compiler takes `block.timestamp` for constant within a function.
    function _now() internal view returns (uint48) {
        return uint48(vm.getBlockTimestamp());
    }

    /// @dev Never back: forge keeps the time of an act that reverted.
    function _goTo(uint48 second) internal {
        if (second > _now()) vm.warp(second);
    }
}
