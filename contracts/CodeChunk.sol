// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

/// @title Bytes kept as the code of a contract, after a leading STOP so that nobody can run them.
contract CodeChunk {
    constructor(bytes memory content) {
        bytes memory stopped = bytes.concat(hex"00", content);
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            return(add(stopped, 0x20), mload(stopped))
        }
    }
}
