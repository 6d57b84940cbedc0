// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {IMemberRegistry} from "../interfaces/IMemberRegistry.sol";
import {Standing} from "../libraries/Standings.sol";
import {mayVote} from "../types/Membership.sol";
import {MemberOffices} from "./MemberOffices.sol";
import {MemberRoll} from "./MemberRoll.sol";

/// @title How a member comes to another wallet: at once by itself, or slowly by two offices after a loss.
/// @dev A lost wallet:
///
///     proposeRotation ──▶ approveRotation ──ROTATION_DELAY──▶ completeRotation
///       registrar            approver                            anyone
///           └───────────────────┴── stopRotation (the old wallet, the owner), rotateWallet (the old wallet)
abstract contract MemberWallets is MemberRoll, MemberOffices {
    struct Rotation {
        address newWallet; // zero: none is pending
        uint48 effectiveFrom; // zero: not approved
    }

    /// @notice Seconds from the approval to the change, in which the wallet that was not lost after all can stop it.
    uint48 public constant ROTATION_DELAY = 3 days;

    mapping(uint16 memberId => Rotation rotation) private _rotations;

    /// @inheritdoc IMemberRegistry
    function rotateWallet(address newWallet) external override {
        Standing memory standing_ = _standingOfSender();
        if (!mayVote(standing_.status)) revert MemberRegistryUnexpectedStatus(standing_.memberId, standing_.status);
        if (_rotations[standing_.memberId].newWallet != address(0)) _stop(standing_.memberId);
        _moveWallet(standing_, newWallet);
    }

    /// @inheritdoc IMemberRegistry
    /// @dev Proposed again, perhaps to another wallet, it must be approved again.
    function proposeRotation(uint16 memberId, address newWallet) external override onlyRegistrarOrOwner {
        _requireNotEnded(_standingOf(memberId));
        _requireFresh(newWallet);
        _rotations[memberId] = Rotation(newWallet, 0);
        emit RotationProposed(memberId, newWallet);
    }

    /// @inheritdoc IMemberRegistry
    function approveRotation(uint16 memberId, address newWallet) external override {
        if (msg.sender != approver) revert MemberRegistryUnauthorized(msg.sender);
        Rotation storage rotation = _pending(memberId);
        if (rotation.newWallet != newWallet || rotation.effectiveFrom != 0) revert MemberRegistryNoRotation(memberId);
        uint48 effectiveFrom = Time.timestamp() + ROTATION_DELAY;
        rotation.effectiveFrom = effectiveFrom;
        emit RotationApproved(memberId, newWallet, effectiveFrom);
    }

    /// @inheritdoc IMemberRegistry
    function stopRotation(uint16 memberId) external override {
        _pending(memberId);
        if (msg.sender != _files[memberId].wallet && msg.sender != owner()) {
            revert MemberRegistryUnauthorized(msg.sender);
        }
        _stop(memberId);
    }

    /// @inheritdoc IMemberRegistry
    function completeRotation(uint16 memberId) external override {
        Rotation memory rotation = _pending(memberId);
        if (rotation.effectiveFrom == 0) revert MemberRegistryRotationNotApproved(memberId);
        uint48 now_ = Time.timestamp();
        if (now_ < rotation.effectiveFrom) revert MemberRegistryRotationDelay(memberId, rotation.effectiveFrom, now_);
        Standing memory standing_ = _standingOf(memberId);
        _requireNotEnded(standing_);
        delete _rotations[memberId];
        _moveWallet(standing_, rotation.newWallet);
    }

    /// @notice The change of wallet that is pending for a member.
    /// @return newWallet zero if none is.
    /// @return effectiveFrom first second in which it can be completed; 0 if it is not approved.
    function rotationOf(uint16 memberId) external view returns (address newWallet, uint48 effectiveFrom) {
        Rotation storage rotation = _rotations[memberId];
        return (rotation.newWallet, rotation.effectiveFrom);
    }

    function _stop(uint16 memberId) private {
        emit RotationStopped(memberId, _rotations[memberId].newWallet);
        delete _rotations[memberId];
    }

    function _pending(uint16 memberId) private view returns (Rotation storage rotation) {
        rotation = _rotations[memberId];
        if (rotation.newWallet == address(0)) revert MemberRegistryNoRotation(memberId);
    }
}
