// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

/// @title What the end of a description says: who alone may propose it, or that it is a further call.
library DescriptionSuffixes {
    bytes10 private constant MARKER = "#proposer=";
    /// @dev The marker, `0x` and 40 digits.
    uint256 private constant LENGTH = 52;
    /// @dev 1 in every byte.
    uint256 private constant ONES = 0x0101010101010101010101010101010101010101010101010101010101010101;
    /// @dev Makes capitals small and leaves digits.
    bytes32 private constant SMALL = 0x2020202020202020202020202020202020202020202020202020202020202020;

    /// @notice Whether the account may propose under this description. `#proposer=0x` and an address at its end names
    /// the only one that may, as in OpenZeppelin's governor (which lets anyone use the marker with something else than
    /// an address). A number after `&of=` belongs to further calls, which nobody proposes by hand: it would take a
    /// later attempt's id.
    function permits(string memory description, address proposer) internal pure returns (bool) {
        uint256 length = bytes(description).length;
        bool marked = length >= LENGTH && bytes10(_at(description, length - LENGTH)) == MARKER;
        return marked ? _names(description, length, proposer) : !_namesAttempt(description, length);
    }

    /// @dev Compares the last 40 characters, capitals or not, with the account's digits.
    function _names(string memory description, uint256 length, address account) private pure returns (bool) {
        uint256 value = uint160(account);
        bytes32 low = _at(description, length - 32) | SMALL;
        bytes8 high = bytes8(_at(description, length - 40) | SMALL);
        return low == _digits(uint128(value)) && high == bytes8(_digits(value >> 128) << 192);
    }

    function _namesAttempt(string memory description, uint256 length) private pure returns (bool) {
        uint256 end = length;
        unchecked {
            while (end > 4 && _isDigit(bytes1(_at(description, end - 1)))) --end;
            return end != length && bytes4(_at(description, end - 4)) == "&of=";
        }
    }

    /// @dev The 32 hexadecimal digits of 128 bits: spreads half-bytes over bytes, then turns each into its character.
    function _digits(uint256 value) private pure returns (bytes32) {
        unchecked {
            uint256 mask = type(uint128).max;
            for (uint256 shift = 64; shift > 2; shift >>= 1) {
                mask ^= mask << shift; // alternates `shift` ones and `shift` zeros
                value = (value | (value << shift)) & mask;
            }
            uint256 letters = ((value + 6 * ONES) >> 4) & ONES; // 1 for each byte above 9
            return bytes32(value + 0x30 * ONES + letters * 0x27); // no byte exceeds "f"
        }
    }

    function _isDigit(bytes1 character) private pure returns (bool) {
        return character >= "0" && character <= "9";
    }

    /// @dev The 32 bytes from `offset` on; past the end of the text they are unspecified.
    function _at(string memory text, uint256 offset) private pure returns (bytes32 word) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            word := mload(add(add(text, 0x20), offset))
        }
    }
}
