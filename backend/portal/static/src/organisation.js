/** The affairs of one's own organisation: its people, its notices, its account on chain. */

import { encodeFunctionData } from "viem/utils";

import { ROLL } from "./abi_motion.js";
import { FieldError, addressOf } from "./acts.js";
import { clearMarks, mark } from "./field_marks.js";
import { repeatedly } from "./patience.js";
import { People } from "./people.js";
import { Notices } from "./notices.js";
import { contractRefusal } from "./refusal_of.js";
import { ask } from "./service.js";
import { Signing, Turn } from "./signing.js";
import { Stage, readPage } from "./stage.js";

class Affairs {
  constructor(root) {
    this.root = root;
    this.stage = new Stage(root, readPage(root));
    this.shown = Number(root.dataset.organisation || 0);
    this.signing = new Signing(this.stage, (caller, now) => this.signedIn(caller, now));
    this.people = new People(this);
    this.notices = new Notices(this);
  }

  start() {
    if (this.shown) {
      this.people.start();
      this.notices.start();
      const form = this.root.querySelector("[data-rotate]");
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.attempt(() => this.reviewRotation());
      });
      this.stage.on("rotate", () => this.attempt(() => this.rotate()));
    }
    return this.signing.start();
  }

  /** One who has just signed in is shown their own organisation. */
  async signedIn(caller, justNow) {
    const own = caller?.member ?? null;
    const code = this.stage.page.members[own]?.code;
    if (code && own !== this.shown && (justNow || !this.shown)) {
      location.assign(`/organisation?organisation=${encodeURIComponent(code)}`);
      return;
    }
    const mine = own !== null && own === this.shown;
    for (const part of this.root.querySelectorAll("[data-own]")) part.hidden = !mine;
    if (mine) await this.attempt(() => Promise.all([this.people.load(), this.notices.load()]));
  }

  mark(place, code, facts) {
    mark(place, this.stage.sentence(code, facts)).focus();
  }

  async reviewRotation() {
    const form = this.root.querySelector("[data-rotate]");
    clearMarks(form);
    this.stage.show("rotate-review", false);
    const place = form.querySelector('[data-field="wallet"]');
    try {
      this.next = addressOf(place.querySelector("input").value.trim(), "wallet");
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      return this.mark(place, error.code, error.facts);
    }
    const account = await this.signing.account();
    if (this.next === account.address) return this.mark(place, "rotate_same");
    await this.requireOwn(account);
    try {
      await account.request("eth_call", [this.rotation(account), "latest"]);
    } catch (error) {
      const refusal = contractRefusal(error);
      if (!refusal) throw error;
      return this.mark(place, refusal.code in this.stage.page.messages ? refusal.code : "OTHER", refusal);
    }
    const facts = { wallet: this.next, member: this.stage.nameOf(this.shown) };
    this.stage.fill({ rotation: this.stage.sentence("rotate_review", facts), "new-wallet": this.next });
    this.stage.show("rotate-review");
    return this.stage.act("rotate").focus();
  }

  /** The account in the wallet must be the one that the organisation shown has now: so says the registry, through the wallet. */
  async requireOwn(account) {
    const [memberId, revoked] = await account.ask(ROLL, this.stage.page.registry, "memberOf", account.address);
    if (memberId === this.shown && !revoked) return;
    throw Object.assign(new Turn("rotate_other"), { facts: { member: this.stage.nameOf(this.shown) } });
  }

  rotation(account) {
    const data = encodeFunctionData({ abi: ROLL, functionName: "rotateWallet", args: [this.next] });
    return { from: account.address, to: this.stage.page.registry, value: "0x0", data };
  }

  async rotate() {
    if (this.rotating) return;
    this.rotating = true;
    try {
      const account = await this.signing.account();
      await this.requireOwn(account);
      const transaction = await account.send(this.rotation(account));
      this.stage.show("rotate-review", false);
      this.stage.say("rotate_sent");
      this.stage.lead();
      const receipt = await repeatedly(() => account.receipt(transaction));
      if (receipt && Number(receipt.status) !== 1) return this.stage.trouble("rotate_reverted", { detail: "" });
      const seen = await repeatedly(() => this.moved(account));
      this.stage.say(seen ? "rotate_done" : "rotate_slow", { member: this.stage.nameOf(this.shown) });
      if (seen) await this.signing.look();
      return this.stage.lead();
    } finally {
      this.rotating = false;
    }
  }

  /** The registry says whether it has moved; the session ends once the records say so, too. */
  async moved(account) {
    const wallet = await account.ask(ROLL, this.stage.page.registry, "walletOf", this.shown);
    if (wallet !== this.next) return false;
    const member = await ask("GET", `/v1/members/${this.shown}?fields=wallet`);
    return member.wallet === this.next;
  }

  async attempt(step) {
    try {
      await step();
    } catch (error) {
      const { code, facts } = await this.signing.heard(error);
      this.stage.trouble(code, facts);
    }
  }
}

const root = document.querySelector("[data-page]");
new Affairs(root).start();
