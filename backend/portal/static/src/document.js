/** The text of a proposal in its one canonical form, and the name that its hash gives it. No page, no wallet. */

import { hexToBytes, sha256, stringToBytes } from "viem/utils";

const HEAD = [0x01, 0x55, 0x12, 0x20];
const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
const UNSEEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/u;

/** Whether a text holds control or direction marks, which no proposal may hold. */
export function holdsUnseen(text, oneLine = false) {
  return UNSEEN.test(text) || (oneLine && /[\n\t]/.test(text));
}

/** What people type, as it is kept: line ends of one kind, letters with their accents as one. */
export function normal(text) {
  return text.replace(/\r\n?/g, "\n").normalize("NFC");
}

/** The same value always gives the same bytes: keys in order, no white space, nothing escaped that need not be. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

/** @returns {{bytes: Uint8Array, cid: string, sha256: string}} the document, its name, its hash for a contract */
export function sealed(document) {
  return nameOf(stringToBytes(canonical(document)));
}

/** CIDv1, raw, SHA-256, base32: what the service and IPFS call these bytes. */
export function nameOf(bytes) {
  const digest = sha256(bytes);
  return { bytes, sha256: digest, cid: cidOf(digest) };
}

/** The same name for bytes of which only the hash is at hand. */
export function cidOf(digest) {
  return `b${base32([...HEAD, ...hexToBytes(digest)])}`;
}

function base32(bytes) {
  let bits = 0;
  let held = 0;
  let text = "";
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += LETTERS[(held >>> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return bits ? text + LETTERS[(held << (5 - bits)) & 31] : text;
}
