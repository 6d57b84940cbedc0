// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @title A wallet that answers yes, and goes on answering.
contract BombWallet {
    /// @notice As in ERC-1271, with some 100 kilobytes more.
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        bytes32 magic = bytes32(IERC1271.isValidSignature.selector);
        // solhint-disable-next-line no-inline-assembly
        assembly {
            mstore(0, magic)
            return(0, 100000)
        }
    }
}
