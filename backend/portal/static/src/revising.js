/** The text of a vetoed proposal, with which the one in its place begins. */

import { nameOf } from "./document.js";

/** Texts and which of them is authentic; null where the service has not the text that goes by this name. */
export async function vetoedText(cid) {
  const answer = await fetch(`/v1/documents/${cid}`);
  const kept = new Uint8Array(await answer.arrayBuffer());
  if (!answer.ok || nameOf(kept).cid !== cid) return null;
  const { texts, authoritative } = JSON.parse(new TextDecoder().decode(kept));
  return { texts, authoritative };
}
