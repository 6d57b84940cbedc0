// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/Governor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {Acts} from "../Acts.sol";
import {IConsortiumGovernor} from "../interfaces/IConsortiumGovernor.sol";
import {ProposalFile} from "../types/ProposalFile.sol";
import {GovernorJudgment} from "./GovernorJudgment.sol";

/// @title Carrying out: what binds is queued in the body's timelock and executed by it.
/// @dev Leaner than OpenZeppelin's extension: no operation id is stored and the timelock is not asked, because nobody
/// but this governor can schedule, cancel or execute there (`BodyTimelock` holds that).
abstract contract GovernorBodyTimelock is GovernorJudgment {
    TimelockController private immutable _timelock;

    constructor(address payable timelock_) {
        _timelock = TimelockController(timelock_);
    }

    /// @inheritdoc IConsortiumGovernor
    function timelock() external view override returns (address) {
        return address(_timelock);
    }

    /// @inheritdoc IGovernor
    function proposalNeedsQueuing(uint256) public pure override returns (bool) {
        return true;
    }

    /// @notice Disabled: a call of any kind to anyone would bypass what kinds list.
    function relay(address, uint256, bytes calldata) public payable override {
        revert ConsortiumGovernorDisabled();
    }

    /// @dev OpenZeppelin has checked that voting is over and that the proposal is not queued; the rest is judged here.
    function _queueOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32
    )
        internal
        override
        returns (uint48)
    {
        Acts.requireBinding(_files[proposalId], _docketOf(proposalId));
        uint256 delay = _timelock.getMinDelay();
        _timelock.scheduleBatch(targets, values, calldatas, 0, _salt(proposalId), delay);
        return clock() + uint48(delay); // the timelock's delay is at most 366 days
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32
    )
        internal
        override
    {
        if (msg.value != 0) revert GovernorDisabledDeposit();
        _timelock.executeBatch(targets, values, calldatas, 0, _salt(proposalId));
    }

    function _executor() internal view override returns (address) {
        return address(_timelock);
    }

    /// @dev By the member that proposed, with whatever wallet it has now, until voting opens. A further call can be
    /// made only once: it is withdrawn only by the member that put the question first, or anyone could end it for
    /// all.
    function _validateCancel(uint256 proposalId, address caller) internal view override returns (bool) {
        return state(proposalId) == ProposalState.Pending && Acts.mayWithdraw(_files, proposalId, registry, caller);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    )
        internal
        override
        returns (uint256 proposalId)
    {
        proposalId = super._cancel(targets, values, calldatas, descriptionHash);
        ProposalFile storage file = _files[proposalId];
        file.setMeta(file.meta().withWithdrawn());
    }

    /// @dev Hashed, so that no two governors and no two proposals can share one.
    function _salt(uint256 proposalId) private view returns (bytes32) {
        return keccak256(abi.encode(address(this), proposalId));
    }
}
