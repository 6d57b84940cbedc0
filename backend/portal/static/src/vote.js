/** Voting with a wallet, step by step: choose the wallet, mark the ballot, look it over, sign it, see it counted. */

import { ballotCall, readBallotBox, supportOf } from "./ballot.js";
import { Casting } from "./casting.js";
import { countedBallot } from "./follow.js";
import { keepFresh, refresh } from "./live.js";
import { Mandates } from "./mandates.js";
import { Panel } from "./panel.js";
import { NotTaken, relayProblem } from "./relay.js";
import { UnderWay } from "./under_way.js";
import { Voter } from "./voter.js";
import { detailOf, networkOf, walletTurn } from "./wallet_turn.js";
import { discover, isRemembered, remember, watch } from "./wallets.js";

class Voting {
  constructor(section) {
    this.box = readBallotBox(section.dataset.ballotBox);
    this.panel = new Panel(section, this.box);
    const attempt = (step) => this.attempt(step);
    this.mandates = new Mandates(this.panel, attempt, () => this.unchanged());
    this.underWay = new UnderWay(this.box);
    this.account = null;
    this.sending = false;
  }

  start() {
    const { panel } = this;
    panel.on("switch", () => this.attempt(() => this.changeNetwork()));
    panel.on("sign", () => this.attempt(() => this.vote("sign")));
    panel.on("send", () => this.attempt(() => this.vote("send")));
    panel.on("again", () => this.startAgain());
    panel.part("ballot").addEventListener("submit", (event) => {
      event.preventDefault();
      if (panel.choice) panel.leadToWays();
      else panel.trouble("choose");
    });
    panel.onMarked(() => this.attempt(() => this.review()));
    panel.countWritten();
    discover((wallet) => this.offer(wallet), this.box.messages.browser_wallet).then((found) => found || panel.show("no-wallet"));
    keepFresh();
  }

  offer(wallet) {
    this.panel.offer(wallet, () => this.attempt(() => this.choose(wallet)));
    if (this.account) return;
    this.panel.show("wallets");
    this.panel.say("choose_wallet");
    if (isRemembered(wallet)) this.attempt(() => this.choose(wallet, true));
  }

  async choose(wallet, quietly = false) {
    const account = new Voter(wallet, this.box);
    if (!quietly) this.panel.say("connecting");
    if (!(await account.connect(quietly))) {
      if (!quietly) this.panel.trouble("locked");
      return;
    }
    this.account = account;
    remember(wallet);
    watch(wallet, (code) => this.changed(wallet, code));
    await this.check();
  }

  /** An account or a network changed in the wallet is checked again at once. */
  changed(wallet, code) {
    if (this.sending || this.account?.wallet.provider !== wallet.provider) return;
    this.panel.say(code);
    this.attempt(() => this.choose(this.account.wallet, true));
  }

  /** Network first, then whether the contract would take a ballot of this account, then which ways are open to it. */
  async check() {
    this.panel.show();
    this.mandates.offer(null);
    this.panel.say("checking");
    if (!(await this.account.onRightNetwork())) {
      this.panel.show("network", "wallets");
      this.panel.say("wrong_network", networkOf(this.box), "trouble");
      return;
    }
    const refusal = await this.account.refusal();
    if (this.account.memberId) refresh(this.account.memberId).catch(() => {});
    this.standing = this.account.memberId ? await countedBallot(this.box, this.account.memberId).catch(() => null) : null;
    const onItsWay = await this.casting.resume();
    if (onItsWay) this.alone(onItsWay);
    else if (refusal) await this.refuse(refusal);
    else await this.welcome();
    if (!refusal || refusal.code === "ALREADY_VOTED") this.mandates.offer(this.account);
  }

  get casting() {
    const casting = new Casting(this.panel, this.account, this.member, this.underWay);
    casting.onDropped = () => (this.sending = false);
    return casting;
  }

  async welcome() {
    const { address, memberId } = this.account;
    this.notFree = await relayProblem(memberId);
    this.panel.fill({ member: this.member, account: address, governor: this.box.governor });
    this.askForChoice();
    this.panel.lead();
  }

  /** Where a ballot stands already and the contract would take another, the new one takes its place. */
  askForChoice() {
    const { member, standing } = this;
    this.panel.show("ballot");
    this.panel.reveal("review", false);
    this.panel.reveal("standing", Boolean(standing));
    if (standing) this.panel.say("eligible_again", { ...this.told(standing), member });
    else this.panel.say("eligible", { member });
    if (this.panel.choice) this.attempt(() => this.review());
  }

  /** The ballot paper comes back empty: nothing of the ballot before is marked on it. */
  startAgain() {
    this.panel.part("ballot").reset();
    return this.attempt(() => this.check());
  }

  /** A ballot that stands, in words; its receipt is linked. */
  told({ choice, cast_at: at, transaction_hash: transaction, member }) {
    this.panel.link("standing", `/receipts/${transaction}?member=${member.id}`);
    const style = { dateStyle: "medium", timeStyle: "short", timeZone: this.box.timeZone };
    const when = new Intl.DateTimeFormat(document.documentElement.lang, style).format(new Date(at));
    return { choice: this.box.choices[choice], when };
  }

  async refuse(refusal) {
    const { code } = refusal;
    const { panel, standing, member } = this;
    panel.show("wallets");
    panel.reveal("standing", code === "ALREADY_VOTED" && Boolean(standing));
    if (code === "ALREADY_VOTED" && standing) panel.trouble(code, this.told(standing));
    else panel.trouble(this.finer(code), { ...panel.factsOf(refusal), member, wallet: await this.heir(code) });
  }

  /** Of some refusals the roll knows more than the body's contract says. */
  finer(code) {
    if (code === "ALREADY_VOTED") return "ALREADY_VOTED_UNSEEN";
    return code === "NO_VOTING_RIGHT" && this.box.gone.includes(this.account.memberId) ? "MEMBERSHIP_ENDED" : code;
  }

  /** The account that votes for the member, where this one no longer does. */
  heir(code) {
    return code === "WALLET_REVOKED" ? this.account.walletOfMember().catch(() => "") : "";
  }

  get member() {
    return this.box.members[this.account.memberId] ?? `#${this.account.memberId}`;
  }

  async changeNetwork() {
    this.panel.say("switching");
    await this.account.changeNetwork();
    await this.choose(this.account.wallet, true);
  }

  /** As soon as a choice is marked all that will be signed stands beneath it, with the ways that are open. */
  async review() {
    const { panel, account } = this;
    const { choice } = panel;
    panel.fill({ choice: this.box.choices[choice], support: String(supportOf(choice)) });
    panel.reveal("review", true);
    panel.reveal("free", !this.notFree);
    const affordable = await account.canPay(ballotCall(this.box, account.address, choice)).catch(() => true);
    const passing = this.notFree !== "RELAY_OFF" && this.notFree;
    panel.reveal("paid", affordable);
    panel.fill({ "not-free": passing && affordable ? panel.sentence(passing) : "" });
    panel.reveal("no-fee-money", !affordable && this.notFree !== "RELAY_OFF");
    if (affordable || !this.notFree) panel.say("review");
    else panel.say(passing || "no_fee_money", {}, "trouble");
  }

  /** Account and network are asked for once more: both may have changed while the page stood open. Then all is checked again. */
  async unchanged() {
    const { account } = this;
    const reviewed = account.address;
    if (!(await account.connect(true))) {
      this.panel.show("wallets");
      this.mandates.offer(null);
      this.panel.trouble("locked");
      return false;
    }
    if (account.address === reviewed && (await account.onRightNetwork())) return true;
    await this.check();
    return false;
  }

  /** Nothing is signed or sent before account, network and contract were asked once more. */
  async vote(way) {
    if (this.sending) return;
    const { choice } = this.panel;
    if (!choice) return this.panel.trouble("choose");
    await this.alone(async () => {
      if (!(await this.unchanged())) return undefined;
      const refusal = await this.account.refusal();
      return refusal ? this.refuse(refusal) : this.casting[way](choice);
    });
  }

  /** Do something during which no other ballot can be begun. */
  async alone(step) {
    this.sending = true;
    await this.attempt(step);
    this.sending = false;
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
    const turn = walletTurn(error, this.box);
    if (error instanceof NotTaken) this.notTaken(error);
    else if (turn) this.panel.trouble(turn.code, turn.facts);
    else this.panel.trouble("failed", { detail: detailOf(error) });
    if (this.panel.isBare) this.panel.show("wallets");
  }

  /** The relay did not take the ballot: where only the relay is in the way, the other way is offered. */
  notTaken(refusal) {
    const { code } = refusal;
    const known = code === "ALREADY_VOTED" ? "ALREADY_VOTED_UNSEEN" : code;
    if (code.startsWith("RELAY_")) {
      this.notFree = code;
      this.panel.reveal("free", false);
    }
    this.panel.trouble(known in this.box.messages ? known : "not_taken", this.panel.factsOf(refusal));
  }
}

const section = document.querySelector("[data-ballot-box]");
if (section) new Voting(section).start();
