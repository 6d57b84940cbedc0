/** Asking the service of this page, with the cookie of the session, and never anybody else. */

/** A refusal of the service: its stable code, and its words. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? String(status));
    this.status = status;
    this.code = problem.code ?? "INTERNAL_ERROR";
  }
}

/** @returns the answer's JSON, or null where there is none */
export async function ask(method, path, body, options = {}) {
  const sent = { method, credentials: "same-origin", cache: "no-store", headers: {}, ...options };
  if (body instanceof Blob || body instanceof Uint8Array) sent.body = body;
  else if (body !== undefined) {
    sent.body = JSON.stringify(body);
    sent.headers = { "content-type": "application/json", ...sent.headers };
  }
  const answer = await fetch(path, sent);
  if (answer.status === 204) return null;
  const value = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, value);
  return value;
}

/** Who is signed in, or null. */
export async function whoami() {
  try {
    return await ask("GET", "/v1/session");
  } catch (error) {
    if (error instanceof Refused && [401, 403].includes(error.status)) return null;
    throw error;
  }
}
