/** Why a member votes so: the words stay off the chain, their salted fingerprint goes on it with the ballot. */

import { sha256, stringToBytes } from "viem/utils";

/** Control and direction marks, which the records refuse: they make a text look like another. */
const UNSEEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * The words as they are kept, and their fingerprint; null where nothing was written.
 * @returns {{words: {language: string, text: string, salt: string}, commitment: string} | null}
 */
export function reasonOf(box, memberId, language, written) {
  const text = written.replaceAll("\r\n", "\n").replace(UNSEEN, "").trim().normalize("NFC");
  if (!text) return null;
  const words = { language, text, salt: freshSalt() };
  return { words, commitment: commitmentOf(box, memberId, words) };
}

/** SHA-256 of the canonical JSON: keys in order, no white space. */
function commitmentOf(box, memberId, { language, text, salt }) {
  const ballot = { governor: box.governor, member: memberId, proposal: box.proposalId };
  return sha256(stringToBytes(JSON.stringify({ ballot, language, salt, text, type: "zbor/reason", version: 1 })));
}

function freshSalt() {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
