/** Who is signed in, signing in and out, and the wallet that acts: one strip on every page that needs it. */

import { stringToHex } from "viem/utils";

import { Account } from "./account.js";
import { contractRefusal } from "./refusal_of.js";
import { Refused, ask, whoami } from "./service.js";
import { signInMessage } from "./sign_in_message.js";
import { walletButton } from "./wallet_button.js";
import { detailOf, networkOf, walletTurn } from "./wallet_turn.js";
import { discover, isRemembered, remember } from "./wallets.js";

export class Signing {
  constructor(stage, onChange = () => {}) {
    this.stage = stage;
    this.strip = document.querySelector("[data-signing]");
    this.who = this.strip.querySelector("[data-who]");
    this.wallets = [];
    this.caller = null;
    this.onChange = onChange;
  }

  async start() {
    this.button("sign-in").addEventListener("click", () => this.attempt(() => this.signIn()));
    this.button("sign-out").addEventListener("click", () => this.attempt(() => this.signOut()));
    this.announced = discover((wallet) => this.wallets.push(wallet), this.stage.sentence("browser_wallet"));
    await this.look();
  }

  /** Ask who is signed in, and show it. */
  async look() {
    this.caller = await whoami().catch(() => null);
    this.show(this.caller ? null : "not_signed_in");
    await this.onChange(this.caller);
  }

  show(code) {
    const { caller } = this;
    if (code) this.tell(code);
    else if (caller.member !== null) this.tell("signed_in", { member: this.stage.nameOf(caller.member), until: this.end });
    else this.tell("signed_in_as", { role: this.stage.sentence(`role_${caller.role}`), until: this.end });
    this.button("sign-in").hidden = caller !== null;
    this.button("sign-out").hidden = caller === null;
    this.list.hidden = true;
  }

  get end() {
    return this.caller.ends_at ? this.stage.moment(this.caller.ends_at) : "";
  }

  get list() {
    return this.strip.querySelector("[data-wallets]");
  }

  button(name) {
    return this.strip.querySelector(`[data-act="${name}"]`);
  }

  tell(code, facts = {}, mood = "calm") {
    this.who.textContent = this.stage.sentence(code, facts);
    this.who.dataset.mood = mood;
  }

  async signIn() {
    const account = await this.account();
    const { page } = this.stage;
    const invitation = await ask("POST", "/v1/sign-in/message", { wallet: account.address });
    const facts = { host: location.host, origin: location.origin, address: account.address, chainId: page.chainId };
    const message = signInMessage(invitation.message, facts);
    this.tell("sign_message");
    const signature = await account.request("personal_sign", [stringToHex(message), account.address]);
    this.caller = await ask("POST", "/v1/sign-in", { message, signature });
    this.show(null);
    this.who.focus();
    await this.onChange(this.caller, true);
  }

  async signOut() {
    await ask("DELETE", "/v1/session");
    this.caller = null;
    this.show("signed_out");
    this.who.focus();
    await this.onChange(null);
  }

  /** A request found that nobody is signed in any more. */
  async over() {
    this.caller = null;
    this.show("session_over");
    await this.onChange(null);
  }

  /** The account that acts, on the right network; asks which wallet, where there are several. */
  async account() {
    await this.announced;
    const wallet = await this.choose();
    const account = new Account(wallet, this.stage.page);
    this.tell("connecting");
    if (!(await account.connect(true)) && !(await account.connect())) throw new Turn("locked");
    remember(wallet);
    this.list.hidden = true;
    await this.rightNetwork(account);
    this.acting = account;
    if (this.caller) this.show(null);
    return account;
  }

  /** A number of another network is no use: the wallet is asked to change, once somebody has said so. */
  async rightNetwork(account) {
    if (await account.onRightNetwork()) return;
    this.tell("wrong_network", networkOf(this.stage.page), "trouble");
    const button = this.button("switch");
    button.hidden = false;
    button.focus();
    await new Promise((resolve) => button.addEventListener("click", resolve, { once: true }));
    this.tell("switching");
    await account.changeNetwork();
    button.hidden = true;
  }

  async choose() {
    if (this.wallets.length === 0) throw new Turn("no_wallet");
    if (this.wallets.length === 1) return this.wallets[0];
    const known = this.distrust ? null : this.wallets.find(isRemembered);
    return known ?? this.pick();
  }

  pick() {
    this.tell("choose_wallet");
    this.list.hidden = false;
    return new Promise((resolve) => {
      this.list.replaceChildren(...this.wallets.map((wallet) => walletButton(wallet, () => resolve(wallet))));
      this.list.querySelector("button").focus();
    });
  }

  /** Do one step; whatever goes wrong becomes a sentence where the reader is. */
  async attempt(step) {
    try {
      return await step();
    } catch (error) {
      const { code, facts } = this.turnOf(error);
      this.button("sign-in").hidden = this.caller !== null;
      this.tell(code, facts, "trouble");
      this.who.focus();
      return undefined;
    }
  }

  /** What to say of an error on the page; that nobody is signed in any more is shown in the strip, too. */
  async heard(error) {
    if (error instanceof Refused && error.code === "NOT_SIGNED_IN") await this.over();
    return this.turnOf(error);
  }

  /** What to say of an error of the wallet, of the contract or of the service. */
  turnOf(error) {
    const detail = detailOf(error);
    if (error instanceof Turn) {
      if (error.message === "locked") this.distrust = true;
      return { code: error.message, facts: error.facts ?? {} };
    }
    if (error instanceof Refused) {
      const known = error.code in this.stage.page.messages;
      return { code: known ? error.code : "failed_service", facts: { detail, origin: this.stage.page.origin } };
    }
    const turn = walletTurn(error, this.stage.page);
    if (turn) return turn;
    const refusal = contractRefusal(error);
    if (refusal) return { code: refusal.code, facts: { detail: refusal.detail, ...refusal.facts } };
    return { code: "failed_wallet", facts: { detail } };
  }
}

/** A turn that has a sentence of its own. */
export class Turn extends Error {}
