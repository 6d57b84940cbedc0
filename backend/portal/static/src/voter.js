/** An account that votes: whose it is, and whether the contract would take its ballot. */

import { GOVERNOR, REGISTRY } from "./abi.js";
import { Account } from "./account.js";
import { ballotCall, refusalOf } from "./ballot.js";

export class Voter extends Account {
  memberId = 0;

  /**
   * Ask the contract itself: would a ballot of this account be taken now?
   * @returns {Promise<{code: string, detail?: string} | null>} the refusal, or null if it would
   */
  async refusal() {
    [this.memberId] = await this.ask(REGISTRY, this.box.registry, "memberOf", this.address);
    return this.tryOut(ballotCall(this.box, this.address, "for"));
  }

  /** The account that votes for the member now. */
  walletOfMember() {
    return this.ask(REGISTRY, this.box.registry, "walletOf", this.memberId);
  }

  /** What the next signed ballot has to carry, as the contract itself says. */
  async termsOfSigning() {
    const [said, nonce] = await Promise.all([
      this.ask(GOVERNOR, this.box.governor, "eip712Domain"),
      this.ask(GOVERNOR, this.box.governor, "ballotNonce", BigInt(this.box.proposalId), this.address),
    ]);
    return { said, nonce };
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

  /** Whether the node still knows a transaction; one that it has dropped never comes into a block. */
  async knows(transaction) {
    return (await this.request("eth_getTransactionByHash", [transaction])) !== null;
  }
}
