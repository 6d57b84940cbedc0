/** What a vetoed proposal said and would have done: with that the one in its place begins. */

import { actsIn } from "./acts_written.js";
import { cidOf } from "./document.js";
import { proposalIdOf } from "./filing.js";
import { keptUnder } from "./handing_in.js";

/**
 * The vetoed proposal as the form takes it, with the number of its calls for which the form has no act; null where
 * neither its text nor its calls are to be had. The text goes by its name and the calls by the proposal's number, so that
 * nobody is given others to publish.
 */
export async function vetoedMotion(page) {
  const { acts, left } = callsOf(page);
  const kept = page.revises.cid ? await keptUnder(page.revises.cid) : null;
  if (!kept && !acts.length) return null;
  const written = kept ? writtenIn(page, JSON.parse(new TextDecoder().decode(kept))) : {};
  return { state: { ...written, ...(acts.length && { acts }) }, left };
}

function callsOf(page) {
  const { id, calls, description } = page.revises;
  return proposalIdOf(calls, description) === id ? actsIn(page, calls) : { acts: [], left: calls.length };
}

function writtenIn(page, { texts, authoritative, attachments = [] }) {
  const files = attachments.map(({ name, sha256, size }) => ({ name, sha256, size, cid: cidOf(`0x${sha256}`) }));
  return { ...unheaded(page, texts), authoritative, files };
}

/** The facts at the head of a text go back into their fields; where its languages do not agree, the texts stay whole. */
function unheaded(page, texts) {
  const parted = Object.entries(texts).map(([language, text]) => [language, text, headOf(page, language, text.body)]);
  const [first] = parted.map(([, , { facts }]) => JSON.stringify(facts));
  if (first === "{}" || parted.some(([, , { facts }]) => JSON.stringify(facts) !== first)) return { texts };
  const bare = parted.map(([language, text, { rest }]) => [language, { ...text, body: rest }]);
  return { texts: Object.fromEntries(bare), particulars: parted[0][2].facts };
}

function headOf(page, language, body) {
  const [head, ...rest] = body.split("\n\n");
  const facts = {};
  for (const line of head.split("\n")) {
    const fact = page.particulars.find(({ labels }) => line.startsWith(`${labels[language] ?? labels.en}: `));
    if (!fact) return { facts: {}, rest: body };
    facts[fact.name] = line.slice(line.indexOf(": ") + 2);
  }
  return { facts, rest: rest.join("\n\n") };
}
