/** Handing a ballot in: signed for the relay to send, or sent by the member itself; then followed until it counts. */

import { ballotCall } from "./ballot.js";
import { awaitFinal, countedBallot, followRelayed, followSent } from "./follow.js";
import { refresh } from "./live.js";
import { reasonOf } from "./reason.js";
import { handIn, handInWords, wayOf } from "./relay.js";
import { typedBallot } from "./typed_ballot.js";

const OVER = ["included", "final", "failed"];

export class Casting {
  constructor(panel, account, member, underWay) {
    this.panel = panel;
    this.account = account;
    this.member = member;
    this.box = account.box;
    this.underWay = underWay;
  }

  /** Sign, hand in, follow: costs the member nothing. */
  async sign(choice) {
    const { account, box, panel } = this;
    panel.say("signing");
    const reason = this.reason();
    const { said, nonce } = await account.termsOfSigning();
    const ballot = { account: account.address, choice, nonce, commitment: reason?.commitment ?? "" };
    const document = typedBallot(box, said, ballot);
    const signature = await account.sign(document);
    panel.say("handing_in");
    const way = await handIn(document, signature, reason?.words);
    this.underWay.keep({ memberId: account.memberId, choice, id: way.id });
    await this.followRelayed(way.id);
  }

  /** Send the ballot from the member's own account, which pays the network's fee. */
  async send(choice) {
    const { account, box, panel } = this;
    panel.say("sending");
    const reason = this.reason();
    const before = await countedBallot(box, account.memberId).catch(() => null);
    const call = ballotCall(box, account.address, choice, reason?.commitment);
    const transaction = await account.send(call);
    const kept = { memberId: account.memberId, choice, transaction, before, words: reason?.words };
    this.underWay.keep(kept);
    await this.followSent(kept, call);
  }

  /** Go on with a ballot that was on its way when the page was closed; false where there is none. */
  async resume() {
    const kept = this.underWay.of(this.account.memberId);
    if (!kept) return false;
    if (kept.transaction) return this.resumeSent(kept);
    const way = await wayOf(kept.id).catch(() => null);
    if (way && !OVER.includes(way.status)) return () => this.followRelayed(kept.id);
    this.underWay.forget();
    return false;
  }

  async resumeSent(kept) {
    const counted = await countedBallot(this.box, kept.memberId).catch(() => null);
    if (counted === null || counted.transaction_hash === kept.before?.transaction_hash) {
      return () => this.followSent(kept, ballotCall(this.box, this.account.address, kept.choice));
    }
    await this.giveWords(kept.words);
    return false;
  }

  reason() {
    return reasonOf(this.box, this.account.memberId, document.documentElement.lang, this.panel.written);
  }

  begin(transaction) {
    this.panel.fill({ transaction: transaction ?? "…" });
    this.panel.reveal("standing", false);
    this.panel.show("way");
  }

  async followRelayed(id) {
    const { panel } = this;
    this.begin();
    panel.lead();
    const way = await followRelayed(id, (turn) => this.tellTurn(turn));
    if (!way) return panel.say("slow");
    this.underWay.forget();
    if (way.status === "failed") return this.fail(way.failure);
    await this.counted(way.choice, way.transaction_hash);
  }

  tellTurn(way) {
    this.panel.reach(way.status);
    this.panel.fill({ transaction: way.transaction_hash ?? "…" });
    if (!OVER.includes(way.status)) this.panel.say(`way_${way.status}`);
  }

  fail(code) {
    this.panel.show("ballot");
    this.panel.trouble("way_failed", { detail: this.sentence(code) });
  }

  async followSent(kept, call) {
    const { panel, account } = this;
    this.begin(kept.transaction);
    panel.reach("sent");
    panel.say("sent");
    panel.lead();
    const { memberId, before } = kept;
    const tell = (code) => this.tellSent(code);
    const { counted, reverted } = await followSent(account, kept.transaction, { memberId, before, tell });
    if (reverted) return this.reverted(call);
    if (!counted) return panel.say("slow");
    const said = await this.giveWords(kept.words);
    await this.counted(counted.choice, counted.transaction_hash, said);
  }

  /** A transaction that was dropped may still come back, so it is followed further while another can be sent. */
  tellSent(code) {
    if (code !== "dropped") return this.panel.say(code);
    this.panel.show("ballot", "way");
    this.panel.trouble("dropped");
    this.onDropped?.();
  }

  async reverted(call) {
    this.underWay.forget();
    const refusal = await this.account.tryOut(call).catch(() => null);
    this.panel.show("wallets");
    this.panel.trouble("reverted", { detail: refusal ? this.sentence(refusal.code) : "" });
  }

  /** Words that could not be handed in are kept in this browser and tried again when the page is opened. */
  async giveWords(words) {
    try {
      if (words) await handInWords(this.box, this.account.memberId, words);
      this.underWay.forget();
      return "counted";
    } catch {
      return "counted_without_words";
    }
  }

  async counted(choice, transaction, said = "counted") {
    const { box, panel, account } = this;
    await refresh().catch(() => {});
    panel.fill({ choice: box.choices[choice], member: this.member, transaction });
    panel.link("receipt", `/receipts/${transaction}?member=${account.memberId}`);
    panel.reach("included");
    panel.show("way", "receipt");
    panel.say(said, { choice: box.choices[choice], member: this.member });
    panel.lead();
    awaitFinal(box, account.memberId).then((ballot) => ballot && panel.reach("final"));
  }

  /** A refusal in words; that a ballot is counted already needs no date here. */
  sentence(code) {
    const known = code === "ALREADY_VOTED" ? "ALREADY_VOTED_UNSEEN" : code;
    return this.panel.sentence(known, this.panel.factsOf({ detail: code }));
  }
}
