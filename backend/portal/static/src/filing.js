/** From text and calls to the transaction that puts them, and to the number under which they are kept. */

import { encodeAbiParameters, encodeFunctionData, keccak256, stringToHex } from "viem/utils";

import { FILING } from "./abi_motion.js";

const HASHED = ["address[]", "uint256[]", "bytes[]", "bytes32"].map((type) => ({ type }));

/** What is said on chain: the text's name, and who alone may put it. */
export function descriptionOf(cid, proposer) {
  return `${cid}#proposer=${proposer}`;
}

/** 192 bits of OpenZeppelin's hash, as the contract computes it. */
export function proposalIdOf(calls, description) {
  const values = calls.map(() => 0n);
  const parts = [calls.map((call) => call.target), values, calls.map((call) => call.data), keccak256(stringToHex(description))];
  return (BigInt(keccak256(encodeAbiParameters(HASHED, parts))) >> 64n).toString();
}

/**
 * The transaction: as soon as the notice allows, or on a second of one's choice; in the place of a vetoed proposal
 * always on a second. Without money.
 */
export function filingCall(page, account, calls, description, opening) {
  const motion = [calls.map((call) => call.target), calls.map(() => 0n), calls.map((call) => call.data), description];
  const when = opening ? [opening.second, opening.extraordinary] : [];
  const [functionName, args] = page.revises
    ? ["revise", [BigInt(page.revises.id), ...motion, ...when]]
    : [opening ? "convene" : "propose", [...motion, ...when]];
  const data = encodeFunctionData({ abi: FILING, functionName, args });
  return { from: account, to: page.governor, value: "0x0", data };
}
