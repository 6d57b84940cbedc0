// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
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
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == type(IConsortiumGovernor).interfaceId || super.supportsInterface(interfaceId);
    }
}
