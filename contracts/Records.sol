// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

/// @title Where decisions that do nothing else are written down, and documents of the record are anchored.
/// @dev Anyone may call; only the word of a timelock of one of the consortium's bodies counts, and for an anchor the
/// registrar's. The event names who spoke.
contract Records {
    event Resolved(address indexed timelock, uint16 indexed kindId, bytes32 textHash);
    event ResolvedFor(address indexed timelock, uint16 indexed kindId, uint16 indexed memberId, bytes32 textHash);
    event Anchored(address indexed by, bytes32 indexed topic, bytes32 documentHash);

    /// @notice Records a resolution.
    /// @param kindId what the resolution is about; the rulebook takes the proposal's kind from here.
    /// @param textHash sha2-256 of the canonical proposal document.
    function resolve(uint16 kindId, bytes32 textHash) external {
        emit Resolved(msg.sender, kindId, textHash);
    }

    /// @notice Records a resolution about one member, such as an award to it.
    /// @param memberId whom it concerns; what follows for its ballot or veto, the kind says.
    function resolveFor(uint16 kindId, uint16 memberId, bytes32 textHash) external {
        emit ResolvedFor(msg.sender, kindId, memberId, textHash);
    }

    /// @notice Fixes what a document of the record said, and when: a notice of outcome, a report.
    /// @param topic what the document is about, in the words of whoever anchors it.
    /// @param documentHash sha2-256 of the document.
    function anchor(bytes32 topic, bytes32 documentHash) external {
        emit Anchored(msg.sender, topic, documentHash);
    }
}
