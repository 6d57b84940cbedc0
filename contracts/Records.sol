// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

/// @title Where decisions that do nothing else are written down.
/// @dev Anyone may call; only the word of a timelock of one of the consortium's bodies counts, and the event names it.
contract Records {
    event Resolved(address indexed timelock, uint16 indexed kindId, bytes32 textHash);

    /// @notice Records a resolution.
    /// @param kindId what the resolution is about; the rulebook takes the proposal's kind from here.
    /// @param textHash sha2-256 of the canonical proposal document.
    function resolve(uint16 kindId, bytes32 textHash) external {
        emit Resolved(msg.sender, kindId, textHash);
    }
}
