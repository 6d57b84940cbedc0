/** Voting with a wallet, step by step: choose the wallet, mark the ballot, review it, send it, see it counted. */

import { ALREADY_ASKING, Account, REFUSED, UNKNOWN_NETWORK, codeOf } from "./account.js";
import { readBallotBox } from "./ballot.js";
import { awaitCount, awaitReceipt, ballotOf, countedBallot } from "./follow.js";
import { keepFresh, refresh } from "./live.js";
import { Panel } from "./panel.js";
import { discover, isRemembered, olderWallet, remember } from "./wallets.js";

const TIME_TO_ANNOUNCE = 600;

class Voting {
  constructor(section) {
    this.box = readBallotBox(section.dataset.ballotBox);
    this.panel = new Panel(section, this.box);
    this.account = null;
    this.found = 0;
    this.sending = false;
  }

  start() {
    this.panel.on("switch", () => this.attempt(() => this.changeNetwork()));
    this.panel.on("send", () => this.attempt(() => this.send()));
    this.panel.on("back", () => this.chooseAgain());
    this.panel.part("ballot").addEventListener("submit", (event) => {
      event.preventDefault();
      this.attempt(() => this.review());
    });
    discover((wallet) => this.offer(wallet));
    setTimeout(() => this.settle(), TIME_TO_ANNOUNCE);
    keepFresh();
  }

  offer(wallet) {
    this.found += 1;
    this.panel.offer(wallet, () => this.attempt(() => this.choose(wallet)));
    if (this.account) return;
    this.panel.show("wallets");
    this.panel.say("choose_wallet");
    if (isRemembered(wallet)) this.attempt(() => this.choose(wallet, true));
  }

  settle() {
    if (this.found > 0) return;
    const older = olderWallet(this.box.messages.browser_wallet);
    if (older) this.offer(older);
    else this.panel.show("no-wallet");
  }

  async choose(wallet, quietly = false) {
    const account = new Account(wallet, this.box);
    if (!quietly) this.panel.say("connecting");
    if (!(await account.connect(quietly))) {
      if (!quietly) this.panel.trouble("locked");
      return;
    }
    this.account = account;
    remember(wallet);
    this.listen(wallet.provider);
    await this.check();
  }

  /** An account or a network changed in the wallet is checked again at once. */
  listen(provider) {
    if (this.listened === provider || typeof provider.on !== "function") return;
    this.listened = provider;
    const again = (code) => () => {
      if (this.sending || this.account?.wallet.provider !== provider) return;
      this.panel.say(code);
      this.attempt(() => this.choose(this.account.wallet, true));
    };
    provider.on("accountsChanged", again("account_changed"));
    provider.on("chainChanged", again("checking"));
  }

  /** Network first, then whether the contract would take a ballot of this account. */
  async check() {
    this.panel.show();
    this.panel.say("checking");
    if (!(await this.account.onRightNetwork())) {
      this.panel.show("network", "wallets");
      this.panel.say("wrong_network", { chain: this.box.chainName, chainId: this.box.chainId }, "trouble");
      return;
    }
    const refusal = await this.account.refusal();
    if (refusal) this.refuse(refusal);
    else this.welcome();
  }

  welcome() {
    this.panel.fill({ member: this.member, account: this.account.address, governor: this.box.governor });
    this.askForChoice();
    this.panel.lead();
  }

  /** Where a ballot stands already and the contract would take another, the new one takes its place. */
  askForChoice() {
    const { member } = this;
    const cast = ballotOf(this.account.memberId);
    this.panel.show("ballot");
    if (cast) this.panel.say("eligible_again", { ...cast, member, choice: this.box.choices[cast.choice] });
    else this.panel.say("eligible", { member });
  }

  refuse({ code, detail }) {
    const facts = { detail, opens: this.box.opens, snapshot: this.box.opens, deadline: this.box.deadline };
    const cast = code === "ALREADY_VOTED" ? ballotOf(this.account.memberId) : null;
    this.panel.show("wallets");
    if (code === "ALREADY_VOTED" && !cast) this.panel.trouble("ALREADY_VOTED_UNSEEN");
    else this.panel.trouble(code, { ...facts, ...cast, choice: this.box.choices[cast?.choice] });
  }

  get member() {
    return this.box.members[this.account.memberId] ?? `#${this.account.memberId}`;
  }

  async changeNetwork() {
    this.panel.say("switching");
    await this.account.changeNetwork();
    await this.choose(this.account.wallet, true);
  }

  async review() {
    const { choice } = this.panel;
    if (!choice) return this.panel.trouble("choose");
    const refusal = await this.account.refusal();
    if (refusal) return this.refuse(refusal);
    this.panel.fill({ choice: this.box.choices[choice] });
    this.panel.show("review");
    const affordable = await this.account.canPay(choice).catch(() => true);
    if (affordable) this.panel.say("review");
    else this.panel.say("no_fee_money", {}, "trouble");
    this.panel.lead();
  }

  chooseAgain() {
    this.askForChoice();
    this.panel.section.querySelector("input[name=choice]:checked")?.focus();
  }

  /** The account and network are asked for once more: both may have changed while the review stood open. */
  async send() {
    if (this.sending) return;
    this.sending = true;
    try {
      const reviewed = this.account.address;
      await this.account.connect(true);
      if (this.account.address !== reviewed || !(await this.account.onRightNetwork())) return await this.check();
      await this.cast(this.panel.choice);
    } finally {
      this.sending = false;
    }
  }

  async cast(choice) {
    const { account, panel } = this;
    panel.say("sending");
    const before = await countedBallot(this.box, account.memberId).catch(() => null);
    const transaction = await account.send(choice);
    panel.fill({ transaction });
    panel.show("receipt");
    panel.say("sent");
    panel.lead();
    const receipt = await awaitReceipt(account, transaction);
    if (receipt && Number(receipt.status) !== 1) return this.reverted(choice);
    if (receipt) panel.say("confirmed");
    const counted = await awaitCount(this.box, account.memberId, before);
    await refresh();
    if (counted) panel.say("counted", { choice: this.box.choices[counted.choice], member: this.member });
    else panel.say("slow");
  }

  async reverted(choice) {
    const refusal = await this.account.tryOut(choice).catch(() => null);
    const facts = { opens: this.box.opens, snapshot: this.box.opens, deadline: this.box.deadline };
    const code = refusal?.code === "ALREADY_VOTED" ? "ALREADY_VOTED_UNSEEN" : refusal?.code;
    this.panel.show("wallets");
    this.panel.trouble("reverted", { detail: code ? this.panel.sentence(code, facts) : "" });
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
    const detail = String(error?.message ?? error).slice(0, 300);
    const network = { chain: this.box.chainName, chainId: this.box.chainId };
    const code = codeOf(error);
    if (code === REFUSED) this.panel.trouble("refused");
    else if (code === ALREADY_ASKING) this.panel.trouble("pending");
    else if (code === UNKNOWN_NETWORK) this.panel.trouble("network_unknown", network);
    else this.panel.trouble("failed", { detail });
    if (this.panel.isBare) this.panel.show("wallets");
  }
}

const section = document.querySelector("[data-ballot-box]");
if (section) new Voting(section).start();
