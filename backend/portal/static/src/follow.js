/** Following a ballot until the consortium's own records count it, whichever transaction brought it there. */

import { repeatedly } from "./patience.js";
import { wayOf } from "./relay.js";

const PATIENCE = 180;
const UNKNOWN_BEFORE_DROPPED = 5;

/**
 * Follow a ballot that the member sent itself.
 * @param {{revision: number, choice: string} | null} before the member's ballot until then
 * @param {(code: string) => void} tell of `confirmed` and `dropped`
 * @returns {Promise<{counted?: object, reverted?: true}>} neither where it takes too long
 */
export async function followSent(account, transaction, { memberId, before, tell }) {
  const trace = { unknown: 0, told: null };
  const found = await repeatedly(async () => {
    const counted = await countedBallot(account.box, memberId);
    if (isNewer(counted, before)) return { counted };
    return look(account, transaction, trace, tell);
  }, PATIENCE);
  return found ?? {};
}

async function look(account, transaction, trace, tell) {
  const receipt = await account.receipt(transaction);
  if (receipt && Number(receipt.status) !== 1) return { reverted: true };
  trace.unknown = receipt || (await account.knows(transaction)) ? 0 : trace.unknown + 1;
  const code = receipt ? "confirmed" : trace.unknown >= UNKNOWN_BEFORE_DROPPED ? "dropped" : null;
  if (code && code !== trace.told) tell(code);
  trace.told = code;
  return null;
}

function isNewer(ballot, before) {
  return ballot !== null && ballot.transaction_hash !== before?.transaction_hash;
}

/**
 * Follow a ballot that the relay took in, until it is counted or has failed.
 * @param {(way: object) => void} tell of each turn on its way
 */
export async function followRelayed(id, tell) {
  let told = null;
  return repeatedly(async () => {
    const way = await wayOf(id);
    if (told !== way.status + way.transaction_hash) tell(way);
    told = way.status + way.transaction_hash;
    return way.status === "included" || way.status === "final" || way.status === "failed" ? way : null;
  }, PATIENCE);
}

/** Wait until no reorganisation can take the member's ballot back any more. */
export function awaitFinal(box, memberId) {
  return repeatedly(async () => {
    const ballot = await countedBallot(box, memberId);
    return ballot?.finality === "final" ? ballot : null;
  }, PATIENCE);
}

/** The member's ballot that counts, with its place on the chain, as the records have it; null where there is none. */
export async function countedBallot(box, memberId) {
  const query = new URLSearchParams({ governor: box.governor });
  const address = `/v1/proposals/${box.proposalId}/ballots/${Number(memberId)}/receipt?${query}`;
  const answer = await fetch(address, { cache: "no-store", credentials: "omit" });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).items.find((ballot) => ballot.counts) ?? null;
}
