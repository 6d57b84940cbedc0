// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IMemberRegistry} from "../interfaces/IMemberRegistry.sol";

/// @title Who holds an office, and where the consortium describes itself.
/// @dev The registrar does clerical acts; the approver is the second pair of eyes on the one of them that could harm.
/// One account in both offices would be one pair.
abstract contract MemberOffices is Ownable, IMemberRegistry {
    /// @inheritdoc IMemberRegistry
    address public override registrar;
    /// @inheritdoc IMemberRegistry
    address public override approver;
    /// @notice The contract that may register the bodies it makes; zero if none may.
    address public factory;
    /// @inheritdoc IMemberRegistry
    string public override daoURI;

    modifier onlyRegistrarOrOwner() {
        if (msg.sender != registrar && msg.sender != owner()) revert MemberRegistryUnauthorized(msg.sender);
        _;
    }

    modifier onlyFactoryOrOwner() {
        if (msg.sender != factory) _checkOwner();
        _;
    }

    constructor(address initialRegistrar) {
        _setRegistrar(initialRegistrar);
    }

    /// @inheritdoc IMemberRegistry
    function setRegistrar(address newRegistrar) external override onlyOwner {
        _setRegistrar(newRegistrar);
    }

    /// @inheritdoc IMemberRegistry
    function setApprover(address newApprover) external override onlyOwner {
        emit ApproverChanged(approver, newApprover);
        approver = newApprover;
        _requireTwoPairsOfEyes();
    }

    /// @inheritdoc IMemberRegistry
    function setFactory(address newFactory) external override onlyOwner {
        emit FactoryChanged(factory, newFactory);
        factory = newFactory;
    }

    /// @inheritdoc IMemberRegistry
    function setDaoURI(string calldata newURI) external override onlyOwner {
        daoURI = newURI;
        emit DAOURIUpdate(address(this), newURI);
    }

    /// @inheritdoc Ownable
    /// @dev A roll without an owner could never be kept again.
    function renounceOwnership() public pure override {
        revert OwnableInvalidOwner(address(0));
    }

    function _setRegistrar(address newRegistrar) private {
        emit RegistrarChanged(registrar, newRegistrar);
        registrar = newRegistrar;
        _requireTwoPairsOfEyes();
    }

    function _requireTwoPairsOfEyes() private view {
        if (approver != address(0) && approver == registrar) revert MemberRegistryApproverIsRegistrar(approver);
    }
}
