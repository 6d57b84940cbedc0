// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Acts} from "../Acts.sol";
import {IConsortiumGovernor, VetoGround} from "../interfaces/IConsortiumGovernor.sol";
import {GovernorFurtherCalls} from "./GovernorFurtherCalls.sol";

/// @title What stands between a vote and a decision that binds: vetoes, minutes, objections, approval from outside.
abstract contract GovernorProceedings is GovernorFurtherCalls {
    /// @inheritdoc IConsortiumGovernor
    function veto(uint256 proposalId, VetoGround ground, bytes32 statementHash) external override {
        Acts.veto(_files[proposalId], _docketOf(proposalId), ground, statementHash);
    }

    /// @inheritdoc IConsortiumGovernor
    function withdrawVeto(uint256 proposalId) external override {
        Acts.withdrawVeto(_files[proposalId], _docketOf(proposalId));
    }

    /// @inheritdoc IConsortiumGovernor
    function recordMinutes(uint256 proposalId, bytes32 documentHash) external override {
        Acts.recordMinutes(_files[proposalId], _docketOf(proposalId), documentHash);
    }

    /// @inheritdoc IConsortiumGovernor
    function objectToMinutes(uint256 proposalId, bytes32 statementHash) external override {
        Acts.objectToMinutes(_files[proposalId], _docketOf(proposalId), statementHash);
    }

    /// @inheritdoc IConsortiumGovernor
    function recordApproval(uint256 proposalId, bool approved, bytes32 documentHash) external override {
        Acts.recordApproval(_files[proposalId], _docketOf(proposalId), approved, documentHash);
    }
}
