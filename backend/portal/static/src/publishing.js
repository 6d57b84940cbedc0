/** A proposal that is written: tried on the contracts, published from the proposer's account, followed until it is filed. */

import { ROLL } from "./abi_motion.js";
import { sealed } from "./document.js";
import { descriptionOf, filingCall, proposalIdOf } from "./filing.js";
import { handInText } from "./handing_in.js";
import { callsOf } from "./motion_check.js";
import { repeatedly } from "./patience.js";
import { contractRefusal } from "./refusal_of.js";
import { ask } from "./service.js";
import { Turn } from "./signing.js";

export class Publishing {
  /** @param {() => Promise<void>} onTaken awaited once the network has taken the proposal in, or is slow to say so */
  constructor(stage, signing, onTaken) {
    Object.assign(this, { stage, signing, onTaken });
    this.page = stage.page;
  }

  /** Text, name, calls and number: all made here. Then the contracts are asked about them. */
  async prepare(motion, account) {
    this.proposer = account.address;
    const text = sealed(motion.document);
    const calls = callsOf(this.page, motion.acts, text.sha256);
    const description = descriptionOf(text.cid, this.proposer);
    this.written = { ...motion, text, calls, description, id: proposalIdOf(calls, description) };
    await this.requireOwn(account);
    await this.tryOut(account);
    this.today = await this.troubleToday(account);
  }

  /** Somebody signed in for one organisation must not publish for another by mistake. */
  async requireOwn(account) {
    [this.memberId] = await account.ask(ROLL, this.page.registry, "memberOf", account.address);
    const { caller } = this.signing;
    if (caller && caller.member !== null && caller.member !== this.memberId) throw new Turn("other_member");
  }

  get transaction() {
    const { calls, description, opening } = this.written;
    return filingCall(this.page, this.proposer, calls, description, opening);
  }

  /** The contract itself is asked whether it would take the proposal now. */
  async tryOut(account) {
    const id = await account.request("eth_call", [this.transaction, "latest"]);
    if (BigInt(id).toString() !== this.written.id) throw new Error("proposal id");
  }

  /** Whether the calls would go through if the body made them now: no reason to refuse, but one to think. */
  async troubleToday(account) {
    if (!this.page.binding) return null;
    for (const { target, data } of this.written.calls) {
      try {
        await account.request("eth_call", [{ from: this.page.timelock, to: target, data }, "latest"]);
      } catch (error) {
        const refusal = contractRefusal(error);
        if (!refusal) throw error;
        const code = refusal.code in this.page.messages ? refusal.code : "OTHER_CALL";
        return this.stage.sentence(code, { detail: refusal.detail });
      }
    }
    return null;
  }

  /** Everything is asked once more: it may have changed while the review stood open. */
  async publish() {
    if (!this.signing.caller) await this.signing.signIn();
    const account = await this.signing.account();
    if (account.address !== this.proposer) throw new Turn("RESTRICTED_PROPOSER");
    await this.requireOwn(account);
    this.stage.say("uploading");
    await handInText(this.written.text);
    await this.tryOut(account);
    await this.send(account);
  }

  async send(account) {
    const { stage } = this;
    stage.say("sign_filing");
    stage.lead();
    const transaction = await account.send(this.transaction);
    stage.fill({ transaction });
    stage.show("review", false);
    stage.show("done");
    stage.root.querySelector("[data-link]").hidden = true;
    stage.say("filing_sent");
    stage.lead();
    const receipt = await repeatedly(() => account.receipt(transaction));
    if (receipt && Number(receipt.status) !== 1) return this.reverted(account);
    if (receipt) stage.say("filing_confirmed");
    await this.onTaken();
    return this.conclude(await repeatedly(() => this.filed()));
  }

  filed() {
    return ask("GET", `/v1/proposals/${this.written.id}?governor=${this.page.governor}`).catch(() => null);
  }

  conclude(filed) {
    const link = this.stage.root.querySelector("[data-link]");
    link.hidden = false;
    if (filed) link.href = `/proposals/${this.written.id}`;
    this.stage.say(filed ? "filed" : "filing_slow");
    this.stage.lead();
  }

  async reverted(account) {
    const refusal = await account
      .request("eth_call", [this.transaction, "latest"])
      .then(() => null, contractRefusal);
    this.stage.show("done", false);
    this.stage.show("form");
    const detail = refusal ? this.stage.sentence(refusal.code, { detail: refusal.detail }) : "";
    this.stage.trouble("filing_reverted", { detail });
  }
}
