// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

/// @title What the end of a description says: who alone may propose it, or that it is a further call.
library DescriptionSuffixes {
    /// @dev `#proposer=0x` and 40 digits.
    uint256 private constant PROPOSER_LENGTH = 52;

    /// @notice Whether the account may propose under this description. `#proposer=0x…` at its end names the only one that
    /// may, as OpenZeppelin's governor has it; `&of=…` belongs to further calls, which nobody proposes by hand: it would
    /// take a later attempt's id.
    function permits(string memory description, address proposer) internal pure returns (bool) {
        uint256 length = bytes(description).length;
        if (length < PROPOSER_LENGTH || bytes10(_at(description, length - PROPOSER_LENGTH)) != "#proposer=") {
            return !_namesAttempt(bytes(description));
        }
        return _names(description, length, proposer) || !_endsInAddress(bytes(description));
    }

    /// @dev Whether the last 40 characters are the account's digits. Of other characters the bit that makes capitals
    /// small may make digits: then the end is no address, and binds nobody.
    function _names(string memory description, uint256 length, address account) private pure returns (bool) {
        bytes32 small = bytes32(type(uint256).max / 255 * 0x20);
        bytes32 low = _at(description, length - 32) | small;
        bytes8 high = bytes8(_at(description, length - 40) | small);
        uint256 value = uint160(account);
        return low == _digits(uint128(value)) && high == bytes8(_digits(value >> 128) << 192);
    }

    function _endsInAddress(bytes memory text) private pure returns (bool) {
        uint256 length = text.length;
        if (text[length - 42] != "0" || text[length - 41] != "x") return false;
        for (uint256 i = length - 40; i < length; ++i) {
            bytes1 small = text[i] | 0x20;
            if (!_isDigit(text[i]) && (text[i] < "A" || small < "a" || small > "f")) return false;
        }
        return true;
    }

    function _namesAttempt(bytes memory text) private pure returns (bool) {
        uint256 end = text.length;
        while (end > 4 && _isDigit(text[end - 1])) --end;
        if (end == text.length || end < 4) return false;
        return bytes4(_at(string(text), end - 4)) == "&of=";
    }

    /// @dev The 32 hexadecimal digits of 128 bits: spreads half-bytes over bytes, then turns each into its character.
    function _digits(uint256 value) private pure returns (bytes32) {
        value = (value | (value << 64)) & 0x0000000000000000ffffffffffffffff0000000000000000ffffffffffffffff;
        value = (value | (value << 32)) & 0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff;
        value = (value | (value << 16)) & 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff;
        value = (value | (value << 8)) & 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff;
        value = (value | (value << 4)) & 0x0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f;
        uint256 ones = type(uint256).max / 255;
        uint256 letters = ((value + 6 * ones) >> 4) & ones; // 1 for each byte above 9
        return bytes32(value + 0x30 * ones + letters * 0x27); // no byte exceeds "f"
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
