/** A mandate that is signed and not sent: the document for the wallet, and the text that is handed on. */

import { getAddress } from "viem/utils";

import { MANDATE, REGISTRY_QUESTIONS } from "./act_abi.js";
import { scopeOf } from "./act_table.js";

const DAYS_TO_HAND_IN = 14;
const DAY = 86_400;
const OF_DOMAIN = [
  { name: "name", type: "string" },
  { name: "version", type: "string" },
  { name: "chainId", type: "uint256" },
  { name: "verifyingContract", type: "address" },
];

/** What the registry answers to a question about the roll. */
export function askRegistry(account, desk, name, ...args) {
  return account.ask(REGISTRY_QUESTIONS, getAddress(desk.registry), name, ...args);
}

/**
 * The mandate's terms: as long as it says, to be handed in within a fortnight or before it ends. Without a holder it
 * takes the mandate of the body back.
 */
export async function termsOf(account, desk, given, principalId) {
  const now = Number((await account.request("eth_getBlockByNumber", ["latest", false])).timestamp);
  const nonce = await askRegistry(account, desk, "mandateNonce", principalId);
  const [bodyId, proposalId] = scopeOf({ scope: given.scope ?? `${given.bodyId}:0` });
  const byThen = now + DAYS_TO_HAND_IN * DAY;
  const until = given.until ?? byThen;
  return {
    principalId,
    holderId: Number(given.holderId ?? 0),
    bodyId: Number(bodyId),
    proposalId: String(proposalId),
    until,
    nonce: String(nonce),
    deadline: Math.min(until, byThen),
  };
}

/** The document that is signed. */
export function documentOf(terms, desk) {
  const domain = {
    name: "MemberRegistry",
    version: "1",
    chainId: desk.chainId,
    verifyingContract: getAddress(desk.registry),
  };
  return { types: { EIP712Domain: OF_DOMAIN, Mandate: MANDATE }, primaryType: "Mandate", domain, message: terms };
}

/** What is handed to whoever sends it. */
export function handedOn(terms, signature, desk) {
  return JSON.stringify({ chainId: desk.chainId, registry: getAddress(desk.registry), ...terms, signature }, null, 1);
}
