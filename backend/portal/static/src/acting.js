/** Acts beside the ballot, step by step: fill in a form, try it out, review it, send it, see it on record. */

import { Account } from "./account.js";
import { followAct, recorded } from "./act_follow.js";
import { FieldTrouble, boundMoments, momentIn, readForm } from "./act_form.js";
import { askRegistry, documentOf, handedOn, termsOf } from "./act_mandate.js";
import { ActPanel, clearTrouble, troubleIn } from "./act_panel.js";
import { refusalIn } from "./act_refusal.js";
import { actOf, callOf, contractOf, isAsFiled } from "./act_table.js";
import { detailOf, networkOf, walletTurn } from "./wallet_turn.js";
import { discover, isRemembered, remember, watch } from "./wallets.js";

class Acting {
  constructor(dialog) {
    this.desk = JSON.parse(dialog.dataset.actDesk);
    this.panel = new ActPanel(dialog, this.desk);
    this.found = 0;
    this.remembered = null;
    this.account = null;
    this.wanted = null;
    this.sent = false;
    this.busy = false;
  }

  start() {
    boundMoments(document);
    document.addEventListener("submit", (event) => this.submitted(event));
    this.panel.on("switch", () => this.attempt(() => this.changeNetwork()));
    this.panel.on("send", () => this.attempt(() => this.send()));
    this.panel.on("close", () => this.panel.close());
    this.panel.onClosed(() => this.closed());
    discover((wallet) => this.offer(wallet), this.desk.messages.browser_wallet);
  }

  offer(wallet) {
    this.found += 1;
    if (isRemembered(wallet)) this.remembered = wallet;
    this.panel.offer(wallet, () => this.attempt(() => this.choose(wallet)));
  }

  submitted(event) {
    const form = event.target.closest("form[data-act]");
    if (!form) return;
    event.preventDefault();
    this.attempt(() => this.begin(form, event.submitter?.dataset.way ?? "send"));
  }

  /** Fields first: what is wrong with them needs no wallet to be seen. */
  async begin(form, way) {
    clearTrouble(form);
    try {
      const { given, rows } = await readForm(form, this.desk);
      this.wanted = { act: actOf(form.dataset.act), given, rows, way, done: form.dataset.done };
    } catch (error) {
      if (!(error instanceof FieldTrouble)) throw error;
      return troubleIn(form, error.control, this.panel.sentence(error.code, error.facts));
    }
    this.sent = false;
    this.panel.open(form.dataset.title);
    await this.connect();
  }

  async connect() {
    if (this.account && (await this.account.connect(true))) return this.check();
    const { remembered } = this;
    if (remembered && (await this.choose(remembered, true))) return undefined;
    return this.askForWallet(this.found > 0 ? "choose_wallet" : "no_wallet");
  }

  askForWallet(code, facts = {}, mood = "calm") {
    this.panel.show("wallets");
    this.panel.say(code, facts, mood);
  }

  /** Whether the wallet shares an account; if so, the act is tried out with it. */
  async choose(wallet, quietly = false) {
    const account = new Account(wallet, this.desk);
    if (!quietly) this.panel.say("connecting");
    if (!(await account.connect(quietly))) {
      if (!quietly) this.askForWallet("locked", {}, "trouble");
      return false;
    }
    this.account = account;
    remember(wallet);
    watch(wallet, (code) => this.changed(wallet, code));
    await this.check();
    return true;
  }

  /** An account or a network changed in the wallet is checked again at once. */
  changed(wallet, code) {
    if (this.busy || this.sent || !this.panel.isOpen || this.account?.wallet.provider !== wallet.provider) return;
    this.panel.say(code);
    this.attempt(() => this.choose(this.account.wallet, true));
  }

  async check() {
    const { act, given, way } = this.wanted;
    this.panel.show();
    this.panel.say("checking");
    if (!(await this.account.onRightNetwork())) {
      this.panel.show("network", "wallets");
      return this.panel.say("wrong_network", networkOf(this.desk), "trouble");
    }
    if (!isAsFiled(act, given)) return this.panel.say("another_proposal", {}, "trouble");
    [this.member] = await askRegistry(this.account, this.desk, "memberOf", this.account.address);
    if (way === "sign") return this.reviewSignature();
    const refusal = await this.tryOut();
    if (refusal) return this.askForWallet(refusal.code, refusal.facts, "trouble");
    return this.review();
  }

  get call() {
    return callOf(this.wanted.act, this.wanted.given, this.desk, this.account.address);
  }

  /** The refusal with which the contract would meet the act in the next block, or null. */
  async tryOut() {
    try {
      await this.account.request("eth_call", [this.call, "pending"]);
      return null;
    } catch (error) {
      const refusal = refusalIn(error, this.desk);
      if (!refusal) throw error;
      return { ...refusal, code: this.wanted.act.finer?.[refusal.code] ?? refusal.code };
    }
  }

  /** Whose account it is, in words. */
  get actor() {
    const { desk, member } = this;
    const office = ["registrar", "approver"].find((name) => desk[name] === this.account.address);
    return member ? desk.members[member] : desk.messages[office ?? "nobody"];
  }

  show(contract, name) {
    this.panel.list(this.wanted.rows);
    this.panel.fill({ actor: this.actor, account: this.account.address, contract, function: name });
    this.panel.show("review");
  }

  async review() {
    const { act, given } = this.wanted;
    this.show(contractOf(act, given, this.desk), act.name);
    if (await this.account.canPay(this.call).catch(() => true)) this.panel.say("review");
    else this.panel.say("no_fee_money", {}, "trouble");
  }

  /** A mandate that is only signed is tried out as if it were sent by the member itself. */
  async reviewSignature() {
    const refusal = await this.tryOut();
    if (refusal) return this.askForWallet(refusal.code, refusal.facts, "trouble");
    this.show(contractOf(this.wanted.act, this.wanted.given, this.desk), "Mandate");
    return this.panel.say("review_signature");
  }

  async changeNetwork() {
    this.panel.say("switching");
    await this.account.changeNetwork();
    await this.choose(this.account.wallet, true);
  }

  /** The account and network are asked for once more: both may have changed while the review stood open. */
  async send() {
    if (this.busy) return;
    this.busy = true;
    try {
      const reviewed = this.account.address;
      await this.account.connect(true);
      if (this.account.address !== reviewed || !(await this.account.onRightNetwork())) return await this.check();
      if (this.wanted.way === "sign") return await this.sign();
      await this.hand();
    } finally {
      this.busy = false;
    }
  }

  async hand() {
    const { panel, account, member } = this;
    const { act, given, done } = this.wanted;
    panel.say("sending");
    const before = Boolean(await recorded(act, given, member));
    const transaction = await account.send(this.call);
    this.sent = true;
    panel.fill({ transaction });
    panel.show("transaction");
    panel.say("sent");
    const taken = () => panel.say("confirmed");
    const { answer, reverted } = await followAct(act, given, member, before, () => account.receipt(transaction), taken);
    if (reverted) return this.reverted();
    if (!answer) return panel.say("slow");
    return this.conclude(act, answer, done);
  }

  conclude(act, answer, done) {
    this.panel.show("transaction", "done");
    const link = this.panel.part("done").querySelector("a");
    link.hidden = !act.leads;
    if (act.leads) link.href = act.leads(answer);
    this.panel.tell(done, "done");
  }

  async reverted() {
    const refusal = await this.tryOut().catch(() => null);
    this.panel.show("wallets");
    const detail = refusal ? this.panel.sentence(refusal.code, refusal.facts) : "";
    this.panel.say("reverted", { detail }, "trouble");
  }

  async sign() {
    const { panel, desk, member } = this;
    panel.say("signing");
    const terms = await termsOf(this.account, desk, this.wanted.given, member);
    const signature = await this.account.sign(documentOf(terms, desk));
    panel.fill({ signed: handedOn(terms, signature, desk), deadline: momentIn(desk, terms.deadline) });
    panel.show("signed");
    panel.tell(panel.part("signed").dataset.done, "done");
  }

  /** After something was sent the page is out of date, whatever became of it. */
  closed() {
    if (this.sent) location.reload();
  }

  /** Do one step; whatever the wallet throws becomes a sentence, and the page stays usable. */
  async attempt(step) {
    try {
      await step();
    } catch (error) {
      this.stumble(error);
    }
  }

  stumble(error) {
    const { code, facts } = walletTurn(error, this.desk) ?? { code: "failed", facts: { detail: detailOf(error) } };
    this.panel.say(code, facts, "trouble");
    if (this.panel.isBare) this.panel.show("wallets");
  }
}

const dialog = document.querySelector("dialog[data-act-desk]");
if (dialog) new Acting(dialog).start();
