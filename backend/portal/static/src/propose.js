/** Putting a proposal: fill in, check with the law and the contract, read the preview, publish, see it filed. */

import { ROLL } from "./abi_motion.js";
import { nameOf } from "./document.js";
import { DraftKeeper } from "./draft_keeper.js";
import { descriptionOf, filingCall, proposalIdOf } from "./filing.js";
import { callsOf, checkedMotion, sealed } from "./motion_check.js";
import { MotionForm } from "./motion_form.js";
import { repeatedly } from "./patience.js";
import { contractRefusal } from "./refusal_of.js";
import { vetoedText } from "./revising.js";
import { Refused, ask } from "./service.js";
import { Signing, Turn } from "./signing.js";
import { Stage, readPage } from "./stage.js";

const PAUSE = 500;

class Proposing {
  constructor(root) {
    this.stage = new Stage(root, readPage(root));
    this.page = this.stage.page;
    this.form = new MotionForm(this.stage.part("form"), this.stage);
    this.signing = new Signing(this.stage, (caller, now) => this.signedIn(caller, now));
    this.keeper = new DraftKeeper(this.stage, this.form, this.signing);
  }

  async start() {
    this.form.begin();
    this.form.start(() => this.changed());
    this.stage.part("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.attempt(() => this.review());
    });
    this.stage.on("publish", () => this.attempt(() => this.publish()));
    this.stage.on("back", () => this.goBack());
    this.stage.on("save-apart", () => this.attempt(() => this.keeper.saveApart()));
    this.stage.on("load-theirs", () => this.attempt(() => this.keeper.loadTheirs()));
    const attach = this.form.root.querySelector("[data-attach]");
    attach.addEventListener("change", () => this.attempt(() => this.attach(attach)));
    addEventListener("pagehide", () => this.keeper.leave());
    await this.signing.start();
    await this.attempt(() => this.load());
    this.showTimes().catch(() => {});
  }

  /** What was kept of an earlier hour; else, for a revised proposal, the text that is to be revised. */
  async load() {
    if (await this.keeper.load()) return;
    const { revises } = this.page;
    const vetoed = revises?.cid ? await vetoedText(revises.cid) : null;
    if (vetoed) this.form.write({ ...this.form.read(), ...vetoed });
  }

  changed() {
    this.keeper.touch();
    clearTimeout(this.timesTimer);
    this.timesTimer = setTimeout(() => this.showTimes().catch(() => {}), PAUSE);
  }

  /** Who has just signed in goes on typing into a draft of their organisation. */
  async signedIn(caller, justNow) {
    if (caller && justNow) this.keeper.touch();
  }

  /** What the law says of the opening as it stands in the form, told before anybody asks. */
  async showTimes() {
    const state = this.form.read();
    const law = await this.opening(null, state.extraordinary, this.signing.acting?.address);
    const earliest = state.extraordinary ? law.earliest_extraordinary : law.earliest;
    this.form.root.querySelector("[data-earliest]").textContent = this.stage.sentence("earliest", {
      earliest: this.stage.moment(upToTheHour(earliest)),
    });
    this.form.root.querySelector("[data-zone]").textContent = this.stage.sentence("your_clock", {
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    const closes = this.form.root.querySelector("[data-closes]");
    closes.textContent = state.opens === "soon" ? this.times("opens_as_soon", law) : "";
  }

  times(code, law) {
    return this.stage.sentence(code, { opens: this.stage.moment(law.opens_at), closes: this.stage.moment(law.closes_at) });
  }

  opening(second, extraordinary, wallet) {
    const query = new URLSearchParams({ extraordinary: String(extraordinary) });
    if (second) query.set("opens_at", new Date(second * 1000).toISOString().replace(/\.\d+Z$/, "Z"));
    if (wallet) query.set("wallet", wallet);
    return ask("GET", `/v1/kinds/${encodeURIComponent(this.page.kind.name)}/opening?${query}`);
  }

  async attach(input) {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    const place = input.closest(".field");
    this.form.clearErrors();
    if (!this.signing.caller) return void this.form.mark(place, "attach_sign_in");
    this.stage.say("attaching", { name: file.name });
    const bytes = new Uint8Array(await file.arrayBuffer());
    try {
      const kept = await this.handIn(bytes, file.type || "application/octet-stream");
      this.form.files.push({ name: file.name, sha256: kept.sha256.slice(2), size: kept.size, cid: kept.cid });
      this.form.showFiles();
      this.stage.say("attached", { name: file.name });
      this.keeper.touch();
    } catch (error) {
      this.form.mark(place, "attach_failed", { name: file.name, detail: error.message });
      this.stage.tell("");
    }
  }

  /** Hand bytes in, and see that the service names them as they are named here. */
  async handIn(bytes, type) {
    const own = nameOf(bytes);
    const kept = await ask("POST", "/v1/documents", bytes, { headers: { "content-type": type } });
    if (kept.cid !== own.cid || kept.sha256 !== own.sha256) throw new Turn("text_differs");
    return kept;
  }

  async review() {
    const written = checkedMotion(this.form, this.form.read());
    if (!written) {
      this.stage.say("errors", {}, "trouble");
      return this.form.leadToError();
    }
    this.stage.say("checking_proposal");
    const motion = await this.timed(written);
    const early = await this.refusedByLaw(motion, this.signing.acting?.address);
    if (early) return undefined;
    const account = await this.signing.account();
    if (await this.refusedByLaw(motion, account.address)) return undefined;
    this.written = this.write(motion, account.address);
    await this.requireOwn(account);
    await this.tryOut(account);
    await this.showPreview(account);
    return undefined;
  }

  /** The contract knows no "as soon as" for a revised proposal: it is given the next full hour that the law allows. */
  async timed(motion) {
    if (!this.page.revises || motion.opening) return motion;
    const law = await this.opening(null, false, this.signing.acting?.address);
    const second = upToTheHour(law.earliest).getTime() / 1000;
    return { ...motion, opening: { second, extraordinary: false } };
  }

  /** Text, name, calls and number: all made here. */
  write(motion, proposer) {
    const text = sealed(motion.document);
    const calls = callsOf(this.page, motion.acts, text.sha256);
    const description = descriptionOf(text.cid, proposer);
    return { ...motion, text, calls, description, id: proposalIdOf(calls, description) };
  }

  /** What the records already know to be against it is said beside the field, before a wallet opens. */
  async refusedByLaw(motion, wallet) {
    const { opening } = motion;
    this.law = await this.opening(opening?.second, opening?.extraordinary ?? false, wallet);
    const code = this.law.refusal;
    if (!code) return false;
    this.refuse(code);
    return true;
  }

  refuse(code, more = {}) {
    const extraordinary = this.form.extraordinary;
    const earliest = upToTheHour(extraordinary ? this.law.earliest_extraordinary : this.law.earliest);
    const facts = { earliest: this.stage.moment(earliest), latest: this.stage.moment(this.law.latest), ...more };
    if (["NOTICE_TOO_SHORT", "OPENS_TOO_LATE"].includes(code) && this.form.read().opens === "then") {
      this.form.mark(this.form.placeOf(this.form.root, "opens_at"), code, facts);
      this.stage.say(code, facts, "trouble");
      this.form.field("opens_at").focus();
      return;
    }
    this.stage.trouble(code in this.page.messages ? code : "OTHER", { detail: code, ...facts });
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
    this.proposer = account.address;
    const id = await account.request("eth_call", [this.transaction, "latest"]);
    if (BigInt(id).toString() !== this.written.id) throw new Error("proposal id");
    this.today = await this.troubleToday(account);
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

  async showPreview(account) {
    const { calls, text, opening } = this.written;
    await this.previewCalls(calls);
    this.previewTexts();
    this.stage.root.querySelector("[data-preview-times]").textContent = this.times(
      opening ? "opens_then" : "opens_as_soon",
      this.law,
    );
    const warning = this.stage.root.querySelector("[data-today]");
    warning.hidden = !this.today;
    if (this.today) warning.textContent = this.stage.sentence("not_today", { detail: this.today });
    this.stage.fill({ member: this.stage.nameOf(this.memberId), account: account.address, cid: text.cid });
    this.stage.show("form", false);
    this.stage.show("review");
    this.stage.say("checked");
    this.stage.lead();
  }

  async previewCalls(calls) {
    const path = `/propose/${encodeURIComponent(this.page.kind.name)}/preview`;
    const answer = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ calls }),
    });
    if (!answer.ok) throw new Refused(answer.status, { detail: String(answer.status) });
    const fragment = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.stage.root.querySelector("[data-preview-calls]").replaceChildren(...fragment.body.childNodes);
  }

  previewTexts() {
    const { document: written } = this.written;
    const texts = Object.entries(written.texts).map(([language, text]) => {
      const part = document.createElement("article");
      part.lang = language;
      const add = (tag, words, className = "") => part.append(Object.assign(document.createElement(tag), { textContent: words, className }));
      add("h3", text.title);
      if (language === written.authoritative && Object.keys(written.texts).length > 1) {
        add("p", this.stage.sentence("authentic"), "seal");
        part.lastElementChild.lang = this.page.language;
      }
      if (text.summary) add("p", text.summary, "text-summary");
      if (text.body) add("p", text.body, "prose");
      return part;
    });
    this.stage.root.querySelector("[data-preview-texts]").replaceChildren(...texts);
  }

  goBack() {
    this.stage.show("review", false);
    this.stage.show("form");
    this.stage.tell("");
    this.form.root.querySelector("input, select, textarea")?.focus();
  }

  async publish() {
    if (this.publishing) return;
    this.publishing = true;
    try {
      if (!this.signing.caller) await this.signing.signIn();
      const account = await this.signing.account();
      if (account.address !== this.proposer) throw new Turn("RESTRICTED_PROPOSER");
      await this.requireOwn(account);
      await this.handInText();
      await this.tryOut(account);
      await this.send(account);
    } finally {
      this.publishing = false;
    }
  }

  /** First the text is kept, then it is read back: only what everybody can read is committed to. */
  async handInText() {
    const { text } = this.written;
    this.stage.say("uploading");
    await this.handIn(text.bytes, "application/json");
    const answer = await fetch(`/v1/documents/${text.cid}`, { cache: "no-store" });
    const kept = new Uint8Array(await answer.arrayBuffer());
    if (!answer.ok || nameOf(kept).cid !== text.cid) throw new Turn("text_differs");
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
    await this.keeper.finish();
    const filed = await repeatedly(() => this.filed());
    const link = stage.root.querySelector("[data-link]");
    link.hidden = false;
    if (filed) link.href = `/proposals/${this.written.id}`;
    stage.say(filed ? "filed" : "filing_slow");
    return stage.lead();
  }

  filed() {
    return ask("GET", `/v1/proposals/${this.written.id}?governor=${this.page.governor}`).catch(() => null);
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

  async attempt(step) {
    try {
      await step();
    } catch (error) {
      await this.stumble(error);
    }
  }

  async stumble(error) {
    const { code, facts } = await this.signing.heard(error);
    const when = (name) => (facts[name] === undefined ? {} : { [name]: this.stage.moment(upToTheHour(Number(facts[name]) * 1000)) });
    const known = code in this.page.messages ? code : "OTHER";
    this.stage.trouble(known, { ...facts, ...when("earliest"), ...when("latest") });
  }
}

/** The next full hour, so that there is time to read and to sign. */
function upToTheHour(instant) {
  return new Date(Math.ceil((new Date(instant).getTime() + 600_000) / 3_600_000) * 3_600_000);
}

const root = document.querySelector("[data-page]");
new Proposing(root).start();
