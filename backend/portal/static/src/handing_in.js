/** Handing in documents, and making sure that what is kept is what was handed in. */

import { nameOf } from "./document.js";
import { ask } from "./service.js";
import { Turn } from "./signing.js";

/** Hand bytes in, and see that the service names them as they are named here. */
export async function handIn(bytes, type) {
  const own = nameOf(bytes);
  const kept = await ask("POST", "/v1/documents", bytes, { headers: { "content-type": type } });
  if (kept.cid !== own.cid || kept.sha256 !== own.sha256) throw new Turn("text_differs");
  return kept;
}

/** First the text is kept, then it is read back: only what everybody can read is committed to. */
export async function handInText({ bytes, cid }) {
  await handIn(bytes, "application/json");
  if ((await keptUnder(cid)) === null) throw new Turn("text_differs");
}

/** The bytes that the service has under this name; null where it has none that go by it. */
export async function keptUnder(cid) {
  const answer = await fetch(`/v1/documents/${cid}`, { cache: "no-store" });
  const kept = new Uint8Array(await answer.arrayBuffer());
  return answer.ok && nameOf(kept).cid === cid ? kept : null;
}
