/** Reading a form: what each field means to the contract, and how it is shown in the review. No wallet, no chain. */

import { getAddress, isAddress } from "viem/utils";

/** A field that cannot be used as it is; the code says why, the control is where to mend it. */
export class FieldTrouble extends Error {
  constructor(code, control, facts = {}) {
    super(code);
    Object.assign(this, { code, control, facts });
  }
}

const READERS = { choice: readChoice, address: readAddress, document: readDocument, moment: readMoment, signed: readSigned };

/**
 * Read all fields of a form.
 * @returns {Promise<{given: object, rows: Array<[string, string]>}>} the values by name, and what to show of them
 * @throws {FieldTrouble} for the first field that cannot be used
 */
export async function readForm(form, desk) {
  const given = JSON.parse(form.dataset.facts);
  const rows = rowsOf(given, desk);
  for (const field of form.querySelectorAll("[data-field]")) {
    const read = await READERS[field.dataset.field](field, desk);
    given[field.dataset.name] = read.value;
    rows.push([field.dataset.label, read.shown], ...(read.more ?? []));
  }
  return { given, rows };
}

/** What the act is about, of what its form knows beforehand: whoever reviews it must see it as well as what was filled in. */
function rowsOf({ reference, memberId, newWallet }, { members, messages }) {
  const rows = [
    [messages.about_proposal, reference],
    [messages.about_member, members[memberId]],
    [messages.about_account, newWallet],
  ];
  return rows.filter(([, shown]) => shown);
}

/** A second of the chain as the reader calls it, in the consortium's own time zone. */
export function momentIn(desk, second) {
  const form = { dateStyle: "full", timeStyle: "long", timeZone: desk.zone };
  return new Intl.DateTimeFormat(desk.language, form).format(new Date(Number(second) * 1000));
}

/** Tell each date field of the page which dates the rule allows; a browser's calendar then offers no others. */
export function boundMoments(root) {
  for (const field of root.querySelectorAll("[data-field=moment]")) {
    const input = field.querySelector("input");
    if (field.dataset.earliest) input.min = typed(Math.ceil(Number(field.dataset.earliest) / 60) * 60);
    if (field.dataset.latest) input.max = typed(Number(field.dataset.latest));
  }
}

function readChoice(field) {
  const control = field.querySelector("select, input");
  const chosen = control.matches("select") ? control.selectedOptions[0] : field.querySelector("input:checked");
  if (!chosen?.value) throw missing(field, control);
  return { value: chosen.value, shown: (chosen.labels?.[0] ?? chosen).textContent.trim() };
}

function readAddress(field) {
  const control = field.querySelector("input");
  const text = control.value.trim();
  if (text === "") throw missing(field, control);
  if (!isAddress(text)) throw new FieldTrouble("field_address", control);
  return { value: getAddress(text), shown: getAddress(text) };
}

async function readDocument(field) {
  const words = field.querySelector("textarea");
  const file = field.querySelector("input[type=file]").files[0];
  const text = words.value;
  if (file && text.trim() !== "") throw new FieldTrouble("field_two_documents", words);
  if (!file && text.trim() === "") throw missing(field, words);
  const bytes = file ? await file.arrayBuffer() : new TextEncoder().encode(text);
  const value = await fingerprint(bytes);
  return { value, shown: file ? file.name : text, more: [[field.dataset.fingerprint, value]] };
}

function readMoment(field, desk) {
  const control = field.querySelector("input");
  if (control.value === "") throw missing(field, control);
  const value = Math.floor(new Date(control.value).getTime() / 1000);
  const { earliest, latest } = field.dataset;
  if (earliest && value < Number(earliest)) {
    throw new FieldTrouble("field_too_early", control, { earliest: momentIn(desk, earliest) });
  }
  if (latest && value > Number(latest)) {
    throw new FieldTrouble("field_too_late", control, { latest: momentIn(desk, latest) });
  }
  return { value, shown: momentIn(desk, value) };
}

/** A mandate that somebody signed and handed on; whether the signature holds is for the contract to say. */
function readSigned(field, desk) {
  const control = field.querySelector("textarea");
  if (control.value.trim() === "") throw missing(field, control);
  try {
    const signed = JSON.parse(control.value);
    const counts = ["principalId", "holderId", "bodyId", "until", "deadline"].every((name) => Number.isSafeInteger(signed[name]));
    const shaped = /^[0-9]{1,58}$/.test(signed.proposalId) && /^0x[0-9a-fA-F]+$/.test(signed.signature);
    const ours = signed.chainId === desk.chainId && getAddress(signed.registry) === getAddress(desk.registry);
    if (!counts || !shaped || !ours) throw new Error("shape");
    const holder = signed.holderId === 0 ? "–" : desk.members[signed.holderId];
    return { value: signed, shown: `${desk.members[signed.principalId]} → ${holder}, ${momentIn(desk, signed.until)}` };
  } catch {
    throw new FieldTrouble("field_unreadable", control);
  }
}

function missing(field, control) {
  return new FieldTrouble("field_missing", control, { field: field.dataset.label });
}

async function fingerprint(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `0x${[...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** A second as a date field of the browser writes it: local time, to the minute. */
function typed(second) {
  const date = new Date(second * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
