/** From filled-in fields to the calls of a proposal, encoded here from the fixed interface. No page, no wallet. */

import { encodeFunctionData, getAddress, isAddress, stringToHex } from "viem/utils";

import { ACTIONS } from "./abi_motion.js";
import { holdsUnseen, normal } from "./document.js";

const DAY = 86_400;
const MOST_SECONDS = 2 ** 32 - 1;

/** A field that is not in order: its name, and the code of what is wrong. */
export class FieldError extends Error {
  constructor(field, code, facts = {}) {
    super(code);
    Object.assign(this, { field, code, facts });
  }
}

const word = (text) => stringToHex(text, { size: 32 });
const share = (text) => text.split("/").map(Number);
const bits = (numbers) => numbers.reduce((mask, number) => mask | (1 << Number(number)), 0);

const ARGUMENTS = {
  resolve: (_, { kindId, textHash }) => [kindId, textHash],
  resolveFor: (f, { kindId, textHash }) => [kindId, f.member, textHash],
  admit: (f) => [{ wallet: f.wallet, class: f.class, country: stringToHex(f.country), code: word(f.code), name: f.name }],
  changeClass: (f) => [f.member, f.class],
  recordExit: (f) => [f.member],
  notifyBreach: (f) => [f.member, f.days],
  confirmRemedy: (f) => [f.member],
  declareDefault: (f) => [f.member],
  exclude: (f) => [f.member],
  reinstate: (f) => [f.member],
  grantSeat: (f) => [f.body, f.member, f.until ?? 0],
  endSeat: (f) => [f.body, f.member],
  setChair: (f) => [f.body, f.member],
  setRegistrar: (f) => [f.account],
  setApprover: (f) => [f.account],
  setFactory: (f) => [f.account],
  setDaoURI: (f) => [f.address],
  createBody: (f) => [
    { name: f.name, key: word(f.key), minDelay: BigInt(f.hours), defaultRule: word(f.rule), classes: bits(f.classes) },
  ],
  setRule: (f) => [word(f.name), ruleOf(f)],
  setKind: (f) => [word(f.name), f.body, word(f.rule), f.resolution, f.effect],
  listAction: (f) => [f.kind, f.target, f.selector, f.effect, f.argument],
  unlistAction: (f) => [f.target, f.selector],
};

function ruleOf(f) {
  const [quorumNumerator, quorumDenominator] = share(f.quorum);
  const [majorityNumerator, majorityDenominator] = share(f.majority);
  const [countryNumerator, countryDenominator] = share(f.countries);
  const shares = { quorumNumerator, quorumDenominator, majorityNumerator, majorityDenominator, countryNumerator, countryDenominator };
  return { ...f, ...shares, vetoGrounds: bits(f.vetoGrounds) };
}

const name = (value, field, code) => {
  if (!(code === "FIELD_CODE" ? /^[A-Z0-9][A-Z0-9-]{0,30}$/ : /^[A-Za-z0-9][A-Za-z0-9_.-]{0,30}$/).test(value))
    throw new FieldError(field, code);
  return value;
};
const chosen = (value, field) => {
  if (!/^[0-9]{1,5}$/.test(value)) throw new FieldError(field, "FIELD_CHOICE");
  return Number(value);
};
const times = (unit) => (value, field) => whole(value, field, Math.floor(MOST_SECONDS / unit)) * unit;

function whole(value, field, most = 255) {
  if (!/^[0-9]{1,10}$/.test(value) || Number(value) > most) throw new FieldError(field, "FIELD_WHOLE", { most });
  return Number(value);
}

const CONTROLS = {
  line: (value, field) => oneLine(value, field, 200),
  code: (value, field) => name(value, field, "FIELD_CODE"),
  name: (value, field) => name(value, field, "FIELD_NAME"),
  rule_name: (value, field) => name(value, field, "FIELD_NAME"),
  kind_name: (value, field) => name(value, field, "FIELD_NAME"),
  address: (value, field) => addressOf(value, field),
  country: (value, field) => {
    if (!/^[A-Z]{2}$/.test(value)) throw new FieldError(field, "FIELD_CHOICE");
    return value;
  },
  rule: (value, field) => {
    if (!value) throw new FieldError(field, "FIELD_CHOICE");
    return value;
  },
  member: chosen,
  any_member: chosen,
  body: chosen,
  seated_body: chosen,
  class: chosen,
  kind: chosen,
  base: chosen,
  tie: chosen,
  effect: chosen,
  days: times(DAY),
  hours: times(3600),
  whole: (value, field) => whole(value, field),
  flag: (value) => value === true,
  classes: (values) => values,
  grounds: (values) => values,
  moment: (value, field) => secondOf(value, field),
  share: (value, field) => {
    const [, left, right] = /^\s*([0-9]{1,5})\s*\/\s*([0-9]{1,5})\s*$/.exec(value) ?? [];
    if (!right || Number(right) < 1 || Number(left) > Number(right) || Number(right) > 65_535)
      throw new FieldError(field, "FIELD_SHARE");
    return `${Number(left)}/${Number(right)}`;
  },
  selector: (value, field) => {
    if (!/^0x[0-9a-fA-F]{8}$/.test(value)) throw new FieldError(field, "FIELD_SELECTOR");
    return value;
  },
  uri: (value, field) => {
    if (!/^(https?|ipfs):\/\/[^\s]{1,500}$/.test(value)) throw new FieldError(field, "FIELD_URI");
    return value;
  },
};

export function oneLine(value, field, most) {
  if (!value) throw new FieldError(field, "FIELD_EMPTY");
  if ([...value].length > most) throw new FieldError(field, "FIELD_TOO_LONG", { most });
  if (holdsUnseen(value, true)) throw new FieldError(field, "FIELD_CHARACTERS");
  return value;
}

/** An address, spelt with its checksum; one whose own checksum is wrong was mistyped. */
export function addressOf(value, field) {
  if (!/^0x[0-9a-fA-F]{40}$/.test(value)) throw new FieldError(field, "FIELD_ADDRESS");
  const digits = value.slice(2);
  const mixed = digits !== digits.toLowerCase() && digits !== digits.toUpperCase();
  if (mixed && !isAddress(value)) throw new FieldError(field, "FIELD_CHECKSUM");
  return getAddress(value.toLowerCase());
}

function secondOf(value, field) {
  const second = Math.floor(new Date(value).getTime() / 1000);
  if (!Number.isFinite(second)) throw new FieldError(field, "FIELD_MOMENT");
  if (second * 1000 <= Date.now()) throw new FieldError(field, "FIELD_PAST");
  return second;
}

const CHOSEN = new Set(["member", "any_member", "body", "seated_body", "class", "kind", "rule", "country", "base", "tie", "effect", "moment"]);

/**
 * Read the fields of one act.
 * @returns {{values: object, errors: FieldError[]}}
 */
export function readAct(shape, filled) {
  const values = {};
  const errors = [];
  for (const [field, control, optional] of shape) {
    const raw = typeof filled[field] === "string" ? normal(filled[field]).trim() : (filled[field] ?? "");
    if (optional && raw === "") continue;
    try {
      if (raw === "" && !CHOSEN.has(control)) throw new FieldError(field, "FIELD_EMPTY");
      values[field] = CONTROLS[control](raw, field);
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      errors.push(error);
    }
  }
  return { values, errors };
}

/** One call of the proposal: where it goes, and its bytes. */
export function encodeAct(page, act, values, textHash) {
  if (!Object.hasOwn(ARGUMENTS, act) || !Object.hasOwn(page.targets, act)) throw new Error("act");
  const args = ARGUMENTS[act](values, { kindId: page.kind.id, textHash });
  return { target: getAddress(page.targets[act]), data: encodeFunctionData({ abi: ACTIONS, functionName: act, args }) };
}
