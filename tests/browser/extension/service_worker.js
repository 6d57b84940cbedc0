/** The wallet itself: holds the key, asks its user in a window of its own, and passes everything else to the node. */

import { JsonRpcEngine, createAsyncMiddleware } from "@metamask/json-rpc-engine";
import { createEngineStream } from "@metamask/json-rpc-middleware-stream";
import PortStream from "extension-port-stream";
import { privateKeyToAccount } from "viem/accounts";

const WAITING = new Map();
let connected = false;

const facts = fetch(chrome.runtime.getURL("facts.json")).then((answer) => answer.json());

chrome.runtime.onConnect.addListener((port) => {
  const engine = new JsonRpcEngine();
  engine.push(createAsyncMiddleware(async (request, response) => {
    response.result = await answer(request);
  }));
  const requests = createEngineStream({ engine });
  requests.pipe(new PortStream(port)).pipe(requests);
});

chrome.runtime.onMessage.addListener(({ id, agreed }) => {
  WAITING.get(id)?.(agreed);
  WAITING.delete(id);
});

async function answer({ method, params = [] }) {
  const { key, chainId, node } = await facts;
  const account = privateKeyToAccount(key);
  const accounts = () => (connected ? [account.address.toLowerCase()] : []);
  switch (method) {
    case "metamask_getProviderState":
      return { accounts: accounts(), chainId, isUnlocked: true, networkVersion: String(Number(chainId)) };
    case "eth_chainId":
      return chainId;
    case "eth_accounts":
      return accounts();
    case "eth_requestAccounts":
      if (!connected) await agreement("connect", location.origin);
      connected = true;
      return accounts();
    case "eth_signTypedData_v4":
      await agreement("sign", params[1]);
      return account.signTypedData(JSON.parse(params[1]));
    default:
      return ask(node, method, params);
  }
}

/** Ask the user in a window; throws what wallets throw where the user refuses. */
async function agreement(what, shown) {
  const id = crypto.randomUUID();
  const query = new URLSearchParams({ id, what, shown });
  const answered = new Promise((resolve) => WAITING.set(id, resolve));
  await chrome.windows.create({ url: `window.html?${query}`, type: "popup", width: 420, height: 600 });
  if (!(await answered)) throw Object.assign(new Error("User rejected the request."), { code: 4001 });
}

async function ask(node, method, params) {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const said = await (await fetch(node, { method: "POST", headers: { "content-type": "application/json" }, body })).json();
  if (said.error) throw Object.assign(new Error(said.error.message), { code: -32603, data: said.error.data });
  return said.result;
}
