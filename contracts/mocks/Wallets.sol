// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title A member's contract wallet with one key.
contract KeyWallet is IERC1271 {
    address private immutable _key;

    constructor(address key) {
        _key = key;
    }

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32 hash, bytes calldata signature) external view override returns (bytes4) {
        return ECDSA.recoverCalldata(hash, signature) == _key ? IERC1271.isValidSignature.selector : bytes4(0);
    }
}

/// @title A wallet that eats all gas it is given.
contract GreedyWallet is IERC1271 {
    /// @inheritdoc IERC1271
    function isValidSignature(bytes32, bytes calldata) external pure override returns (bytes4) {
        // solhint-disable-next-line no-inline-assembly
        assembly {
            invalid()
        }
    }
}

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

/// @title A wallet that answers with less than a word, which happens to begin well.
contract ShortWallet {
    /// @notice As in ERC-1271, cut off after four bytes.
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        bytes32 magic = bytes32(IERC1271.isValidSignature.selector);
        // solhint-disable-next-line no-inline-assembly
        assembly {
            mstore(0, magic)
            return(0, 4)
        }
    }
}
