/** From what a wallet throws to a code and its facts, in the reader's words where they are dates, names or states. */

import { decodeErrorResult } from "viem/utils";

import { REFUSALS } from "./act_abi.js";
import { momentIn } from "./act_form.js";
import { revertData } from "./revert_data.js";

/**
 * Find out why the contract refused.
 * @returns {{code: string, facts: object} | null} null where the error carries no answer of a contract
 */
export function refusalIn(error, desk) {
  const data = revertData(error);
  if (!data) return null;
  try {
    const { errorName, args, abiItem } = decodeErrorResult({ abi: REFUSALS, data });
    return { code: codeOfError(errorName), facts: { ...factsOf(abiItem, args ?? [], desk), detail: errorName } };
  } catch {
    return { code: "OTHER", facts: { detail: data.slice(0, 10) } };
  }
}

/** The code of a contract's error: its name without its owner, in upper case. */
function codeOfError(name) {
  const bare = name.replace(/^(ConsortiumGovernor|MemberRegistry|Governor|Timelock)/, "");
  return bare.replace(/(?<!^)(?=[A-Z])/g, "_").toUpperCase();
}

function factsOf(item, values, desk) {
  return Object.fromEntries(item.inputs.map((input, place) => [input.name, worded(input, values[place], desk)]));
}

function worded({ name, type }, value, desk) {
  if (type === "uint48") return momentIn(desk, value);
  if (name === "phase") return desk.phases[value] ?? String(value);
  if (name === "status") return desk.statuses[value] ?? String(value);
  if (/^(member|holder|principal)Id$/.test(name)) return desk.members[value] ?? `#${value}`;
  return String(value);
}
