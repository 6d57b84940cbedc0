/** The consortium's relay: takes signed ballots, sends them and pays. Nobody signs in for it; the signature is all. */

/** A refusal of the relay, by its code. */
export class NotTaken extends Error {
  constructor(code, detail) {
    super(detail);
    this.code = code;
    this.detail = detail;
  }
}

/**
 * Why a ballot of this member cannot be handed in now; null if it can.
 * @returns {Promise<string | null>} one of the relay's own codes
 */
export async function relayProblem(memberId) {
  const answer = await ask(`/v1/relay?member=${Number(memberId)}`).catch(() => null);
  if (!answer?.ok) return "RELAY_AWAY";
  const relay = await answer.json();
  if (relay.left_today === 0) return "RELAY_QUOTA";
  return { off: "RELAY_OFF", away: "RELAY_AWAY", empty: "RELAY_EMPTY" }[relay.status] ?? relay.problem;
}

/** Hand a signed ballot in, with the words of its reason; gives the ballot's way, or throws `NotTaken`. */
export async function handIn(document, signature, words) {
  const body = { typed_data: document, signature, ...(words && { reason: words }) };
  return read(await post("/v1/relay/ballots", body));
}

/** How far a ballot is that was handed in. */
export async function wayOf(id) {
  return read(await ask(`/v1/relay/ballots/${encodeURIComponent(id)}`));
}

/** Hand in the words of a reason whose ballot the member sent itself. */
export async function handInWords(box, memberId, words) {
  const query = new URLSearchParams({ governor: box.governor });
  await read(await post(`/v1/proposals/${box.proposalId}/ballots/${Number(memberId)}/reason?${query}`, words));
}

async function read(answer) {
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new NotTaken(said.code ?? "OTHER", said.detail ?? String(answer.status));
  return said;
}

function post(address, body) {
  const headers = { "content-type": "application/json" };
  return ask(address, { method: "POST", headers, body: JSON.stringify(body) });
}

/** Without cookies: who is signed in here makes no difference. */
function ask(address, more) {
  return fetch(address, { cache: "no-store", credentials: "omit", ...more });
}
