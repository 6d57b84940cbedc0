/** The text of a vetoed proposal, with which the one in its place begins. */

import { keptUnder } from "./handing_in.js";

/** Texts and which of them is authentic; null where the service has not the text that goes by this name. */
export async function vetoedText(cid) {
  const kept = await keptUnder(cid);
  if (!kept) return null;
  const { texts, authoritative } = JSON.parse(new TextDecoder().decode(kept));
  return { texts, authoritative };
}
