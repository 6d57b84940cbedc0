/** From an error of a wallet back to the contract's answer, as a code with its facts. No page, no wallet. */

import { decodeErrorResult } from "viem/utils";

import { REFUSALS } from "./abi_motion.js";
import { revertData } from "./revert_data.js";

const OWNERS = /^(ConsortiumGovernor|Governor|Rulebook|MemberRegistry)/;

/**
 * Find out why a contract refused.
 * @returns {{code: string, detail: string, facts: object} | null} null where the error carries no answer of a contract
 */
export function contractRefusal(error) {
  const data = revertData(error);
  if (!data) return null;
  try {
    const { errorName, args, abiItem } = decodeErrorResult({ abi: REFUSALS, data });
    const facts = Object.fromEntries((abiItem.inputs ?? []).map((input, index) => [input.name, args[index]]));
    return { code: codeOfName(errorName), detail: errorName, facts };
  } catch {
    return { code: "OTHER", detail: data.slice(0, 10), facts: {} };
  }
}

/** `RulebookMixedKinds` is `MIXED_KINDS`, as everywhere else. */
export function codeOfName(name) {
  return name.replace(OWNERS, "").replace(/(?<!^)(?=[A-Z])/g, "_").toUpperCase();
}
