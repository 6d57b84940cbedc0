/** One connected account: which network it is on, what a contract answers it, what it signs and sends. */

import { decodeFunctionResult, encodeFunctionData, getAddress, numberToHex } from "viem/utils";

import { isUnknownNetwork } from "./wallet_turn.js";

export class Account {
  constructor(wallet, box) {
    this.wallet = wallet;
    this.box = box;
    this.address = null;
  }

  request(method, params = []) {
    return this.wallet.provider.request({ method, params });
  }

  /** Connect; asks nothing of the user if `quietly`. Leaves `address` null where the wallet shares no account. */
  async connect(quietly = false) {
    const accounts = await this.request(quietly ? "eth_accounts" : "eth_requestAccounts");
    this.address = accounts?.length ? getAddress(accounts[0]) : null;
    return this.address !== null;
  }

  async onRightNetwork() {
    return Number(await this.request("eth_chainId")) === this.box.chainId;
  }

  /** Ask the wallet to change to the consortium's network, and to learn it first if it must. */
  async changeNetwork() {
    const chainId = numberToHex(this.box.chainId);
    try {
      await this.request("wallet_switchEthereumChain", [{ chainId }]);
    } catch (error) {
      if (!isUnknownNetwork(error) || !this.box.rpcUrl) throw error;
      const nativeCurrency = { name: "Ether", symbol: "ETH", decimals: 18 };
      const network = { chainId, chainName: this.box.chainName, rpcUrls: [this.box.rpcUrl], nativeCurrency };
      await this.request("wallet_addEthereumChain", [network]);
      await this.request("wallet_switchEthereumChain", [{ chainId }]);
    }
  }

  /** What a contract answers to a question. */
  async ask(abi, to, functionName, ...args) {
    const data = encodeFunctionData({ abi, functionName, args });
    const answer = await this.request("eth_call", [{ to, data }, "latest"]);
    return decodeFunctionResult({ abi, functionName, data: answer });
  }

  /** Whether the account holds what the call's fee would be at most. */
  async canPay(call) {
    const [gas, price, balance] = await Promise.all([
      this.request("eth_estimateGas", [call]),
      this.request("eth_gasPrice"),
      this.request("eth_getBalance", [this.address, "latest"]),
    ]);
    return BigInt(balance) >= BigInt(gas) * BigInt(price);
  }

  sign(document) {
    return this.request("eth_signTypedData_v4", [this.address, JSON.stringify(document)]);
  }

  send(call) {
    return this.request("eth_sendTransaction", [call]);
  }

  receipt(transaction) {
    return this.request("eth_getTransactionReceipt", [transaction]);
  }
}
