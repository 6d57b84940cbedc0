/** The document that a wallet signs for a ballot, built here from fixed types; nothing that a server sends is signed. */

import { getAddress } from "viem/utils";

import { SIGNED } from "./abi.js";
import { supportOf } from "./ballot.js";

/**
 * The document of one ballot; with a reason its fingerprint is signed with the choice.
 * @param {unknown[]} said what the contract answers to `eip712Domain`
 * @param {{account: string, choice: string, nonce: bigint, commitment: string}} ballot
 */
export function typedBallot(box, said, { account, choice, nonce, commitment }) {
  const primaryType = commitment ? "ExtendedBallot" : "Ballot";
  const plain = { proposalId: box.proposalId, support: supportOf(choice), voter: account, nonce: nonce.toString() };
  if (nonce >> 64n !== BigInt(box.proposalId)) throw new Error("nonce");
  return {
    types: { EIP712Domain: SIGNED.EIP712Domain, [primaryType]: SIGNED[primaryType] },
    primaryType,
    domain: domainOf(box, said),
    message: commitment ? { ...plain, reason: commitment, params: "0x" } : plain,
  };
}

function domainOf(box, [, name, version, chainId, verifyingContract]) {
  if (Number(chainId) !== box.chainId || getAddress(verifyingContract) !== box.governor) throw new Error("domain");
  return { name, version, chainId: box.chainId, verifyingContract: box.governor };
}
