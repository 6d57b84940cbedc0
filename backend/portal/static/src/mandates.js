/** Ballots of organisations that gave this one their mandate: each with a choice and a transaction of its own. */

import { mandateCall } from "./ballot.js";
import { countedBallot, followSent } from "./follow.js";
import { refresh } from "./live.js";

export class Mandates {
  /** @param {() => Promise<boolean>} unchanged whether account and network are still those that were looked over */
  constructor(panel, attempt, unchanged) {
    this.panel = panel;
    this.unchanged = unchanged;
    this.forms = [...panel.root.querySelectorAll("form[data-principal]")];
    for (const form of this.forms) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        attempt(() => this.cast(form));
      });
    }
  }

  /** Show the mandates that the account's organisation holds, and name them in the review. */
  offer(account) {
    this.account = account;
    const held = this.forms.filter((form) => Number(form.dataset.holder) === account?.memberId);
    for (const form of this.forms) form.hidden = !held.includes(form);
    this.panel.reveal("mandates", held.length > 0);
    this.panel.reveal("held", held.length > 0);
    this.panel.fill({ held: held.map((form) => form.dataset.name).join(", ") });
  }

  async cast(form) {
    if (this.casting) return;
    this.casting = true;
    await this.handIn(form).finally(() => (this.casting = false));
  }

  async handIn(form) {
    const { panel } = this;
    const choice = new FormData(form).get("choice");
    if (!choice) return panel.trouble("choose");
    if (!(await this.unchanged())) return undefined;
    const { account } = this;
    const call = mandateCall(account.box, account.address, Number(form.dataset.principal), choice);
    const refusal = await account.tryOut(call);
    if (refusal) return panel.trouble(refusal.code, panel.factsOf(refusal));
    if (!(await account.canPay(call).catch(() => true))) return panel.trouble("no_fee_money");
    return this.send(form, call);
  }

  async send(form, call) {
    const { account, panel } = this;
    const memberId = Number(form.dataset.principal);
    panel.say("sending");
    const before = await countedBallot(account.box, memberId).catch(() => null);
    const transaction = await account.send(call);
    panel.say("sent");
    panel.lead();
    const tell = (code) => panel.say(code);
    const { counted, reverted } = await followSent(account, transaction, { memberId, before, tell });
    if (reverted) return panel.trouble("reverted", { detail: await this.why(call) });
    if (!counted) return panel.say("slow");
    await refresh().catch(() => {});
    this.tellCounted(form, counted);
  }

  tellCounted(form, { choice, transaction_hash: transaction, member }) {
    const link = form.querySelector("[data-link=own]");
    link.href = `/receipts/${transaction}?member=${member.id}`;
    link.hidden = false;
    this.panel.say("counted", { choice: this.account.box.choices[choice], member: member.name });
    this.panel.lead();
  }

  async why(call) {
    const refusal = await this.account.tryOut(call).catch(() => null);
    return refusal ? this.panel.sentence(refusal.code, this.panel.factsOf(refusal)) : "";
  }
}
