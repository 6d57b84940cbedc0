// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title Signatures checked among others: a wallet that is a contract may neither eat their gas nor answer endlessly.
/// @dev OpenZeppelin's `SignatureChecker` gives such a wallet all gas there is. It also asks the account for its code
/// first; here a key's own signature is enough, even where the key has lent its account some code (EIP-7702).
library CappedSignatures {
    /// @notice Gas a contract wallet gets to check one signature; relayers budget for it.
    uint256 internal constant WALLET_GAS = 150_000;

    error CappedSignaturesTooLittleGas(uint256 gasLeft, uint256 gasNeeded);

    function isValid(address signer, bytes32 digest, bytes memory signature) internal view returns (bool) {
        (address recovered, ECDSA.RecoverError failure,) = ECDSA.tryRecover(digest, signature);
        if (failure == ECDSA.RecoverError.NoError && recovered == signer) return true;
        return signer.code.length != 0 && _isValidForWallet(signer, digest, signature);
    }

    /// @dev Reads one word of the answer, whatever its length. A call gets at most 63/64 of the gas left: with less
    /// than promised a good signature would look bad, so a relayer that is too mean gets its whole batch back.
    function _isValidForWallet(
        address wallet,
        bytes32 digest,
        bytes memory signature
    )
        private
        view
        returns (bool valid)
    {
        bytes memory question = abi.encodeCall(IERC1271.isValidSignature, (digest, signature));
        uint256 needed = WALLET_GAS * 64 / 63 + 3_000; // a cold account costs 2,600
        if (gasleft() < needed) revert CappedSignaturesTooLittleGas(gasleft(), needed);
        bytes32 magic = bytes32(IERC1271.isValidSignature.selector);
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            let success := staticcall(WALLET_GAS, wallet, add(question, 0x20), mload(question), 0x00, 0x20)
            valid := and(and(success, gt(returndatasize(), 0x1f)), eq(mload(0x00), magic))
        }
    }
}
