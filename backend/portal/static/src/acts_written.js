/** From the calls of a proposal back to the filled-in fields that make them. No page, no wallet. */

import { decodeFunctionData, getAddress, hexToString } from "viem/utils";

import { ACTIONS } from "./abi_motion.js";

const DAY = 86_400;
const HOUR = 3_600;
const member = ([of]) => ({ member: of });
const seat = ([body, of, until]) => ({ body, member: of, until });
const account = ([one]) => ({ account: one });

const FIELDS = {
  resolve: () => ({}),
  resolveFor: ([, of]) => ({ member: of }),
  admit: ([admission]) => admission,
  changeClass: ([of, to]) => ({ member: of, class: to }),
  recordExit: member,
  notifyBreach: ([of, days]) => ({ member: of, days }),
  confirmRemedy: member,
  declareDefault: member,
  exclude: member,
  reinstate: member,
  grantSeat: seat,
  endSeat: seat,
  setChair: seat,
  setRegistrar: account,
  setApprover: account,
  setFactory: account,
  setDaoURI: ([address]) => ({ address }),
  createBody: ([{ name, key, minDelay, defaultRule, classes }]) => ({ name, key, hours: Number(minDelay), rule: defaultRule, classes }),
  setRule: ([name, terms]) => ({
    ...terms,
    name,
    quorum: `${terms.quorumNumerator}/${terms.quorumDenominator}`,
    majority: `${terms.majorityNumerator}/${terms.majorityDenominator}`,
    countries: `${terms.countryNumerator}/${terms.countryDenominator}`,
  }),
  setKind: ([name, body, rule, resolution, effect]) => ({ name, body, rule, resolution, effect }),
  listAction: ([kind, target, selector, effect, argument]) => ({ kind, target, selector, effect, argument }),
  unlistAction: ([target, selector]) => ({ target, selector }),
};

/** What no whole number of units is stays empty, for a person to fill in: nothing is rounded behind their back. */
const wholeIn = (unit) => (seconds) => (seconds % unit === 0 ? String(seconds / unit) : "");
const wordIn = (word) => (word.startsWith("0x") ? hexToString(word).replace(/\0+$/, "") : word);
const bitsIn = (mask) => Array.from({ length: 8 }, (_, bit) => bit).filter((bit) => mask & (1 << bit)).map(String);

/** A second as the field of a moment takes it, by the clock of whoever reads. */
function momentIn(second) {
  if (!second) return "";
  const shifted = new Date(second * 1000 - new Date(second * 1000).getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, second % 60 ? 19 : 16);
}

const CONTROLS = {
  code: wordIn,
  name: wordIn,
  rule: wordIn,
  rule_name: wordIn,
  kind_name: wordIn,
  country: wordIn,
  days: wholeIn(DAY),
  hours: wholeIn(HOUR),
  moment: momentIn,
  flag: (value) => value,
  classes: bitsIn,
  grounds: bitsIn,
};

/**
 * The acts of the form that these calls are, in their order, and how many of the calls the form has no act for.
 * @returns {{acts: {act: string, fields: object}[], left: number}}
 */
export function actsIn(page, calls) {
  const acts = calls.map((call) => actIn(page, call)).filter(Boolean);
  return { acts, left: calls.length - acts.length };
}

function actIn(page, { target, data }) {
  const { functionName: act, args } = decoded(data) ?? {};
  if (!Object.hasOwn(page.acts, act ?? "") || getAddress(page.targets[act]) !== getAddress(target)) return null;
  const values = FIELDS[act](args ?? []);
  const fields = page.acts[act].map(([name, control]) => [name, (CONTROLS[control] ?? String)(values[name])]);
  return { act, fields: Object.fromEntries(fields) };
}

function decoded(data) {
  try {
    return decodeFunctionData({ abi: ACTIONS, data });
  } catch {
    return null;
  }
}
