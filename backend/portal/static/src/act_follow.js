/** Following an act that was sent: until the records show what it brought about, whichever transaction brought it. */

import { allParts } from "./parts.js";
import { repeatedly } from "./patience.js";

/**
 * Wait for the end of an act.
 * @param {boolean} before whether the records showed as much already; then the network's receipt is waited for
 * @param {() => Promise<object | null>} receiptOf the network's receipt, or null while there is none
 * @param {() => void} onTaken called once, when the network has taken it in
 * @returns {Promise<{answer?: object, reverted?: boolean}>} empty if it takes too long
 */
export async function followAct(act, given, member, before, receiptOf, onTaken) {
  let taken = false;
  const found = await repeatedly(async () => {
    const answer = await recorded(act, given, member);
    if (answer && (taken || !before)) return { answer };
    const receipt = taken ? null : await receiptOf().catch(() => null);
    if (receipt && Number(receipt.status) !== 1) return { reverted: true };
    if (receipt) {
      taken = true;
      onTaken();
    }
    return null;
  });
  return found ?? {};
}

/** The records' answer once it shows the act, else null. */
export async function recorded(act, given, member) {
  const answer = await allParts(act.path(given), asked);
  return answer && act.shown(answer, given, member) ? answer : null;
}

async function asked(path) {
  const found = await fetch(path, { cache: "no-store" }).catch(() => null);
  return found?.ok ? found.json() : null;
}
