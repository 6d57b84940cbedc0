/** One connected account: which network it is on, whose it is, and whether the contract would take its ballot. */

import { getAddress } from "viem/utils";

import { askGovernor, askRegistry, ballotCall, refusalOf } from "./ballot.js";

export const REFUSED = 4001;
export const UNKNOWN_NETWORK = 4902;
export const ALREADY_ASKING = -32002;

export class Account {
  constructor(wallet, box) {
    this.wallet = wallet;
    this.box = box;
    this.address = null;
    this.memberId = 0;
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
    const chainId = this.box.chainHex;
    try {
      await this.request("wallet_switchEthereumChain", [{ chainId }]);
    } catch (error) {
      if (codeOf(error) !== UNKNOWN_NETWORK || !this.box.rpcUrl) throw error;
      const nativeCurrency = { name: "Ether", symbol: "ETH", decimals: 18 };
      const network = { chainId, chainName: this.box.chainName, rpcUrls: [this.box.rpcUrl], nativeCurrency };
      await this.request("wallet_addEthereumChain", [network]);
      await this.request("wallet_switchEthereumChain", [{ chainId }]);
    }
  }

  /**
   * Ask the contract itself: would a ballot of this account be taken now?
   * @returns {Promise<{code: string, detail?: string} | null>} the refusal, or null if it would
   */
  async refusal() {
    [this.memberId] = await this.ask(askRegistry(this.box, "memberOf", [this.address]));
    return this.tryOut(ballotCall(this.box, this.address, "for"));
  }

  /** The account that votes for the member now. */
  walletOfMember() {
    return this.ask(askRegistry(this.box, "walletOf", [this.memberId]));
  }

  /** What the next signed ballot has to carry, as the contract itself says. */
  async termsOfSigning() {
    const [said, nonce] = await Promise.all([
      this.ask(askGovernor(this.box, "eip712Domain")),
      this.ask(askGovernor(this.box, "ballotNonce", [BigInt(this.box.proposalId), this.address])),
    ]);
    return { said, nonce };
  }

  async ask({ call, read }) {
    return read(await this.request("eth_call", [call, "latest"]));
  }

  /** The refusal with which the contract would meet this call in the next block, or null. */
  async tryOut(call) {
    try {
      await this.request("eth_call", [call, "pending"]);
      return null;
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal) return refusal;
      throw error;
    }
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

  /** Whether the node still knows a transaction; one that it has dropped never comes into a block. */
  async knows(transaction) {
    return (await this.request("eth_getTransactionByHash", [transaction])) !== null;
  }

  receipt(transaction) {
    return this.request("eth_getTransactionReceipt", [transaction]);
  }
}

/** The code of a wallet's error, wherever the wallet put it. */
export function codeOf(error) {
  return error?.code === -32603 ? (error?.data?.originalError?.code ?? error.code) : error?.code;
}
