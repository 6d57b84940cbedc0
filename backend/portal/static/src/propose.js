/** Putting a proposal: fill in, check with the law and the contract, read the preview, publish, see it filed. */

import { DraftKeeper } from "./draft_keeper.js";
import { handIn } from "./handing_in.js";
import { checkedMotion } from "./motion_check.js";
import { MotionForm } from "./motion_form.js";
import { Opening, upToTheHour } from "./opening.js";
import { previewCalls, previewTexts } from "./preview.js";
import { Publishing } from "./publishing.js";
import { vetoedMotion } from "./revising.js";
import { Signing } from "./signing.js";
import { Stage, readPage } from "./stage.js";

const PAUSE = 500;

class Proposing {
  constructor(root) {
    this.stage = new Stage(root, readPage(root));
    this.page = this.stage.page;
    this.form = new MotionForm(this.stage.part("form"), this.stage);
    this.signing = new Signing(this.stage, (caller, now) => this.signedIn(caller, now));
    this.keeper = new DraftKeeper(this.stage, this.form, this.signing);
    this.opening = new Opening(this.stage, this.form, this.signing);
    this.publishing = new Publishing(this.stage, this.signing, () => this.keeper.finish());
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
    this.showTimes();
  }

  /** What was kept of an earlier hour; else, for a revised proposal, what is to be revised. */
  async load() {
    if ((await this.keeper.load()) || !this.page.revises) return;
    const vetoed = await vetoedMotion(this.page);
    if (!vetoed) return this.stage.say("revision_empty");
    this.form.write({ ...this.form.read(), ...vetoed.state });
    this.stage.say(vetoed.left ? "revision_left" : "revision_begun");
  }

  changed() {
    this.keeper.touch();
    clearTimeout(this.timesTimer);
    this.timesTimer = setTimeout(() => this.showTimes(), PAUSE);
  }

  /** Times are a help while writing: where they cannot be had now, nothing is said of it. */
  showTimes() {
    this.opening.show().catch(() => {});
  }

  /** Who has just signed in goes on typing into a draft of their organisation. */
  async signedIn(caller, justNow) {
    if (caller && justNow) this.keeper.touch();
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
      const kept = await handIn(bytes, file.type || "application/octet-stream");
      this.form.files.push({ name: file.name, sha256: kept.sha256.slice(2), size: kept.size, cid: kept.cid });
      this.form.showFiles();
      this.stage.say("attached", { name: file.name });
      this.keeper.touch();
    } catch (error) {
      this.form.mark(place, "attach_failed", { name: file.name, detail: error.message });
      this.stage.tell("");
    }
  }

  async review() {
    const written = checkedMotion(this.form, this.form.read());
    if (!written) {
      this.stage.say("errors", {}, "trouble");
      return this.form.leadToError();
    }
    this.stage.say("checking_proposal");
    const motion = await this.opening.timed(written);
    if (await this.opening.isRefused(motion, this.signing.acting?.address)) return undefined;
    const account = await this.signing.account();
    if (await this.opening.isRefused(motion, account.address)) return undefined;
    await this.publishing.prepare(motion, account);
    return this.showPreview();
  }

  async showPreview() {
    const { stage } = this;
    const { memberId, proposer, today, written } = this.publishing;
    const place = (name) => stage.root.querySelector(`[data-${name}]`);
    await previewCalls(place("preview-calls"), this.page.kind.name, written.calls);
    previewTexts(place("preview-texts"), written.document, stage);
    const code = written.opening ? "opens_then" : "opens_as_soon";
    place("preview-times").textContent = this.opening.times(code, this.opening.law);
    place("today").hidden = !today;
    if (today) place("today").textContent = stage.sentence("not_today", { detail: today });
    stage.fill({ member: stage.nameOf(memberId), account: proposer, cid: written.text.cid });
    stage.show("form", false);
    stage.show("review");
    stage.say("checked");
    stage.lead();
  }

  goBack() {
    this.stage.show("review", false);
    this.stage.show("form");
    this.stage.tell("");
    this.form.root.querySelector("input, select, textarea")?.focus();
  }

  async publish() {
    if (this.busy) return;
    this.busy = true;
    await this.publishing.publish().finally(() => (this.busy = false));
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
    const when = (name) => (facts?.[name] === undefined ? {} : { [name]: this.stage.moment(upToTheHour(Number(facts[name]) * 1000)) });
    const known = code in this.page.messages ? code : "OTHER";
    this.stage.trouble(known, { ...facts, ...when("earliest"), ...when("latest") });
  }
}

const root = document.querySelector("[data-page]");
new Proposing(root).start();
