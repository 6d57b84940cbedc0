// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Governor, IERC6372} from "@openzeppelin/contracts/governance/Governor.sol";
import {IERC1155Receiver} from "@openzeppelin/contracts/token/ERC1155/IERC1155Receiver.sol";
import {GovernorBallotSignatures} from "./extensions/GovernorBallotSignatures.sol";
import {GovernorBodyTimelock} from "./extensions/GovernorBodyTimelock.sol";
import {GovernorFiling} from "./extensions/GovernorFiling.sol";
import {GovernorMembership} from "./extensions/GovernorMembership.sol";
import {IConsortiumGovernor} from "./interfaces/IConsortiumGovernor.sol";

/// @notice What a body is made of; fixed for its life.
struct BodySetup {
    string name; // of the EIP-712 domain too
    address registry;
    address rulebook;
    address payable timelock;
    uint8 bodyId; // the number the registry will give the body
    bytes32 defaultRule;
}

/// @title One body of the consortium.
contract ConsortiumGovernor is GovernorBallotSignatures {
    constructor(BodySetup memory setup)
        Governor(setup.name)
        GovernorMembership(setup.registry, setup.bodyId)
        GovernorFiling(setup.rulebook, setup.defaultRule)
        GovernorBodyTimelock(setup.timelock)
    {}

    /// @inheritdoc Governor
    /// @dev A body holds no tokens: OpenZeppelin's receiver interface is not announced.
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        if (interfaceId == type(IERC1155Receiver).interfaceId) return false;
        return interfaceId == type(IConsortiumGovernor).interfaceId || interfaceId == type(IERC6372).interfaceId
            || super.supportsInterface(interfaceId);
    }
}
