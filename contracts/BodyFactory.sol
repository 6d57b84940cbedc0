// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";
import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";
import {BodyTimelock} from "./BodyTimelock.sol";
import {BodySetup} from "./ConsortiumGovernor.sol";
import {BodyPlan, IBodyFactory, Template} from "./interfaces/IBodyFactory.sol";
import {IMemberRegistry} from "./interfaces/IMemberRegistry.sol";

/// @title Makes bodies from creation code that was fixed, and checked, when the factory was deployed.
/// @dev A body's governor has its own name, constants and signing domain, which clones would share.
contract BodyFactory is IBodyFactory {
    using Bytes for bytes;

    /// @inheritdoc IBodyFactory
    address public immutable override registry;
    /// @inheritdoc IBodyFactory
    address public immutable override rulebook;

    Template private _governor;
    Template private _timelock;

    constructor(address registry_, address rulebook_, Template memory governor, Template memory timelock) {
        registry = registry_;
        rulebook = rulebook_;
        _governor = governor;
        _timelock = timelock;
        _codeOf(_governor);
        _codeOf(_timelock);
    }

    /// @inheritdoc IBodyFactory
    function createBody(BodyPlan calldata plan) external override returns (uint8 bodyId) {
        if (msg.sender != Ownable(registry).owner()) revert BodyFactoryUnauthorized(msg.sender);
        bodyId = IMemberRegistry(registry).bodyCount();
        BodyTimelock timelock =
            BodyTimelock(payable(_make(_timelock, bodyId, abi.encode(plan.minDelay, address(this)))));
        BodySetup memory setup = BodySetup({
            name: plan.name,
            registry: registry,
            rulebook: rulebook,
            timelock: payable(address(timelock)),
            bodyId: bodyId,
            defaultRule: plan.defaultRule
        });
        address governor = _make(_governor, bodyId, abi.encode(setup));
        _entrust(timelock, governor);
        IMemberRegistry(registry).createBody(plan.key, governor, address(timelock), plan.classes);
    }

    /// @inheritdoc IBodyFactory
    function templates() external view override returns (bytes32 governor, bytes32 timelock) {
        return (_governor.codeHash, _timelock.codeHash);
    }

    /// @dev The governor alone proposes, cancels and executes; the factory keeps nothing.
    function _entrust(BodyTimelock timelock, address governor) private {
        timelock.grantRole(timelock.PROPOSER_ROLE(), governor);
        timelock.grantRole(timelock.CANCELLER_ROLE(), governor);
        timelock.grantRole(timelock.EXECUTOR_ROLE(), governor);
        timelock.renounceRole(timelock.DEFAULT_ADMIN_ROLE(), address(this));
    }

    function _make(Template storage template, uint8 bodyId, bytes memory arguments) private returns (address) {
        return Create2.deploy(0, bytes32(uint256(bodyId)), bytes.concat(_codeOf(template), arguments));
    }

    /// @dev Checked each time: nothing that is not the template ever becomes a body.
    function _codeOf(Template storage template) private view returns (bytes memory code) {
        for (uint256 i = 0; i < template.chunks.length; ++i) {
            code = bytes.concat(code, template.chunks[i].code.slice(1));
        }
        bytes32 found = keccak256(code);
        if (found != template.codeHash) revert BodyFactoryWrongTemplate(template.codeHash, found);
    }
}
