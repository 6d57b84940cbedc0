// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {IMemberRegistry} from "../interfaces/IMemberRegistry.sol";
import {MemberBodies} from "./MemberBodies.sol";

/// @title Mandates: a member lets another cast its ballots in a body, and takes that back.
/// @dev One mandate for each member and body, in one slot. Every act of the principal moves its nonce, so that nobody
/// can bring forward afterwards what it had signed before. Whether the holder may vote is the governor's question.
abstract contract MemberMandates is MemberBodies, EIP712 {
    struct Mandate {
        uint16 holderId; // 0: none
        uint48 until;
        uint192 proposalId; // 0: every proposal of the body
    }

    bytes32 private constant MANDATE_TYPEHASH = keccak256(
        "Mandate(uint16 principalId,uint16 holderId,uint8 bodyId,uint256 proposalId,"
        "uint48 until,uint256 nonce,uint48 deadline)"
    );

    mapping(uint16 principalId => mapping(uint8 bodyId => Mandate mandate)) private _mandates;

    /// @inheritdoc IMemberRegistry
    mapping(uint16 principalId => uint256 nonce) public override mandateNonce;

    // ------------------------------------------------------------------------------------------------------ Acts

    /// @inheritdoc IMemberRegistry
    function grantMandate(uint16 holderId, uint8 bodyId, uint256 proposalId, uint48 until) external override {
        uint16 principalId = _standingOfSender().memberId;
        ++mandateNonce[principalId];
        _grant(principalId, holderId, bodyId, proposalId, until);
    }

    /// @inheritdoc IMemberRegistry
    function revokeMandate(uint8 bodyId) external override {
        uint16 principalId = _standingOfSender().memberId;
        ++mandateNonce[principalId];
        _revoke(principalId, bodyId);
    }

    /// @inheritdoc IMemberRegistry
    function setMandateBySig(
        uint16 principalId,
        uint16 holderId,
        uint8 bodyId,
        uint256 proposalId,
        uint48 until,
        uint48 deadline,
        bytes calldata signature
    )
        external
        override
    {
        _requireNotEnded(_standingOf(principalId));
        uint48 now_ = Time.timestamp();
        if (now_ > deadline) revert MemberRegistrySignatureExpired(deadline, now_);
        uint256 nonce = mandateNonce[principalId]++;
        bytes32 structHash =
            keccak256(abi.encode(MANDATE_TYPEHASH, principalId, holderId, bodyId, proposalId, until, nonce, deadline));
        _requireSigned(principalId, structHash, signature);
        if (holderId == 0) _revoke(principalId, bodyId);
        else _grant(principalId, holderId, bodyId, proposalId, until);
    }

    // -------------------------------------------------------------------------------------------------- Getters

    /// @inheritdoc IMemberRegistry
    function holderOf(
        uint16 principalId,
        uint8 bodyId,
        uint256 proposalId
    )
        external
        view
        override
        returns (uint16 holderId)
    {
        Mandate memory mandate = _mandates[principalId][bodyId];
        bool covers = mandate.proposalId == 0 || mandate.proposalId == proposalId;
        return covers && Time.timestamp() <= mandate.until ? mandate.holderId : 0;
    }

    /// @inheritdoc IMemberRegistry
    function mandateOf(
        uint16 principalId,
        uint8 bodyId
    )
        external
        view
        override
        returns (uint16 holderId, uint256 proposalId, uint48 until)
    {
        Mandate storage mandate = _mandates[principalId][bodyId];
        return (mandate.holderId, mandate.proposalId, mandate.until);
    }

    // -------------------------------------------------------------------------------------------------- Private

    function _grant(uint16 principalId, uint16 holderId, uint8 bodyId, uint256 proposalId, uint48 until) private {
        _bodyOf(bodyId);
        _requireNotEnded(_standingOf(holderId));
        if (holderId == principalId || until < Time.timestamp() || proposalId > type(uint192).max) {
            revert MemberRegistryInvalidMandate(principalId, holderId, until);
        }
        _mandates[principalId][bodyId] = Mandate(holderId, until, uint192(proposalId));
        emit MandateGranted(principalId, holderId, bodyId, proposalId, until);
    }

    function _revoke(uint16 principalId, uint8 bodyId) private {
        if (_mandates[principalId][bodyId].holderId == 0) revert MemberRegistryNoMandate(principalId, bodyId);
        delete _mandates[principalId][bodyId];
        emit MandateRevoked(principalId, bodyId);
    }

    /// @dev Only the wallet of today signs for a member; a contract wallet answers by ERC-1271.
    function _requireSigned(uint16 principalId, bytes32 structHash, bytes calldata signature) private view {
        bytes32 digest = _hashTypedDataV4(structHash);
        if (!SignatureChecker.isValidSignatureNowCalldata(_files[principalId].wallet, digest, signature)) {
            revert MemberRegistryInvalidSignature(principalId);
        }
    }
}
