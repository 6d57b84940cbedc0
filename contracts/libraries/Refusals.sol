// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IConsortiumGovernor} from "../interfaces/IConsortiumGovernor.sol";

/// @title Refusals as values: an encoded error that one caller reverts with and another only reports.
library Refusals {
    /// @notice Reverts with the refusal; does nothing if it is empty.
    function raise(bytes memory refusal) internal pure {
        if (refusal.length == 0) return;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            revert(add(refusal, 0x20), mload(refusal))
        }
    }

    function noVotingRight(uint16 memberId, uint8 bodyId) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IConsortiumGovernor.ConsortiumGovernorNoVotingRight.selector, memberId, bodyId);
    }

    function invalidChoice(uint8 support) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IConsortiumGovernor.ConsortiumGovernorInvalidChoice.selector, support);
    }
}
