// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

/// @notice A body as a decision describes it.
struct BodyPlan {
    string name; // of the governor's EIP-712 domain
    bytes32 key; // under which the registry knows the body
    uint256 minDelay; // seconds between queueing and execution
    bytes32 defaultRule; // by whose notice and period a wallet is answered that asks without a proposal
    uint8 classes; // bit `1 << class` for each class whose members all vote in the body; 0 for a body of seats
}

/// @notice Creation code that is too long for one contract: in pieces, and the hash of the whole.
struct Template {
    bytes32 codeHash; // keccak-256 of the pieces in order
    address[] chunks; // each a `CodeChunk`
}

/// @title Makes bodies, so that a decision of the assembly can create another body without a deployer.
interface IBodyFactory {
    error BodyFactoryUnauthorized(address caller);
    error BodyFactoryWrongTemplate(bytes32 expected, bytes32 found);

    /// @notice Creates timelock and governor, gives the one to the other alone, and registers the body.
    /// @dev By the registry's owner only. About five million gas. The registry's `BodyCreated` tells where they are.
    function createBody(BodyPlan calldata plan) external returns (uint8 bodyId);

    function registry() external view returns (address);

    function rulebook() external view returns (address);

    /// @notice Hashes of the creation codes that bodies are made from.
    function templates() external view returns (bytes32 governor, bytes32 timelock);
}
