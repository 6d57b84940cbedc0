/** The bytes with which a contract refused, out of what a wallet threw. Wallets bury them at different depths. */

/** @returns {string | null} null where the error carries no answer of a contract */
export function revertData(value, depth = 0) {
  if (typeof value === "string") return /^0x([0-9a-fA-F]{2}){4,}$/.test(value) ? value : null;
  if (typeof value !== "object" || value === null || depth > 5) return null;
  for (const key of ["data", "error", "originalError", "cause", "info"]) {
    const found = revertData(value[key], depth + 1);
    if (found) return found;
  }
  return null;
}
