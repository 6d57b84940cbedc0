/** What an error of a wallet means to the person before it. */

const REFUSED = 4001;
const UNKNOWN_NETWORK = 4902;
const ALREADY_ASKING = -32002;

/** The wallet does not know the network that it is to change to. */
export function isUnknownNetwork(error) {
  return codeOf(error) === UNKNOWN_NETWORK;
}

/**
 * What to say of an error that is the wallet's own.
 * @returns {{code: string, facts?: object} | null} null where it is something else
 */
export function walletTurn(error, page) {
  const code = codeOf(error);
  if (code === REFUSED) return { code: "refused" };
  if (code === ALREADY_ASKING) return { code: "pending" };
  return code === UNKNOWN_NETWORK ? { code: "network_unknown", facts: networkOf(page) } : null;
}

/** The consortium's network, as a sentence names it. */
export function networkOf({ chainName, chainId }) {
  return { chain: chainName, chainId };
}

/** The error's own words, as far as a sentence has room for them. */
export function detailOf(error) {
  return String(error?.message ?? error).slice(0, 300);
}

/** The code of a wallet's error, wherever the wallet put it. */
function codeOf(error) {
  return error?.code === -32603 ? (error?.data?.originalError?.code ?? error.code) : error?.code;
}
