/**
 * Keeping what somebody types: at each stroke in this browser, and a moment later with the service, for their
 * organisation. What is safe with the service is taken out of the browser again.
 */

import { Refused, ask } from "./service.js";

const PAUSE = 900;
const MOST_AT_LEAVING = 60_000;

export class DraftKeeper {
  constructor(stage, form, signing) {
    Object.assign(this, { stage, form, signing });
    this.place = document.querySelector("[data-draft]");
    this.id = new URLSearchParams(location.search).get("draft");
    this.version = 0;
    this.stale = false;
  }

  get kind() {
    return this.stage.page.kind.name;
  }

  get key() {
    return `zbor.draft.${this.id ?? this.nameless}`;
  }

  /** A form without a draft of its own: of a kind, in the place of a proposal if it revises one. */
  get nameless() {
    return [this.kind, this.revises].filter(Boolean).join(".");
  }

  /** Id of the vetoed proposal in whose place this one is put, or undefined. */
  get revises() {
    return this.stage.page.revises?.id;
  }

  /** The address of this form, with a draft or without. */
  address(draft) {
    const query = new URLSearchParams({ ...(draft && { draft }), ...(this.revises && { revises: this.revises }) });
    return query.size ? `${location.pathname}?${query}` : location.pathname;
  }

  /** A draft that revises a proposal is gone on with where that is known. */
  follow(content) {
    if (!/^[0-9]{1,58}$/.test(content.revises ?? "") || content.revises === this.revises) return;
    location.replace(`${location.pathname}?${new URLSearchParams({ draft: this.id, revises: content.revises })}`);
  }

  /** Load what was kept: in this browser first, for it is never older than what the service has. */
  async load() {
    const here = this.keptHere();
    if (this.id && this.signing.caller) await this.fetch(here === null);
    if (here) {
      this.form.write(here.content);
      if (here.version) this.version = here.version;
      this.stage.say("restored");
      this.touch();
    }
    return here !== null || this.version > 0;
  }

  async fetch(show) {
    try {
      const { draft, content } = await ask("GET", `/v1/drafts/${encodeURIComponent(this.id)}`);
      this.version = draft.version;
      this.follow(content);
      if (show) this.form.write(content);
      this.tellSaved(draft.saved_at);
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 404) throw error;
      this.forget();
      this.stage.say("draft_gone", {}, "trouble");
    }
  }

  forget() {
    this.id = null;
    this.version = 0;
    history.replaceState(null, "", this.address());
  }

  /** Something was typed. */
  touch() {
    this.keepHere();
    clearTimeout(this.timer);
    if (!this.signing.caller) return this.tell("draft_kept_here");
    if (this.stale) return undefined;
    this.tell("draft_saving");
    this.timer = setTimeout(() => this.save(), PAUSE);
    return undefined;
  }

  /** The page is being left: what is not saved yet goes along with the goodbye. */
  leave() {
    if (!this.timer || this.saving || !this.id || !this.signing.caller || this.stale) return;
    const body = { ...this.sheet(), version: this.version };
    if (JSON.stringify(body).length < MOST_AT_LEAVING)
      ask("PUT", `/v1/drafts/${this.id}`, body, { keepalive: true }).catch(() => {});
  }

  get content() {
    return { ...this.form.read(), ...(this.revises && { revises: this.revises }) };
  }

  sheet() {
    const { content } = this;
    const titles = Object.values(content.texts).map((text) => text.title.trim());
    return { kind: this.kind, title: [...(titles.find(Boolean) ?? "")].slice(0, 200).join(""), content };
  }

  /** Save now; one saving at a time, and another after it where more was typed meanwhile. */
  async save() {
    this.timer = null;
    if (this.saving) return (this.again = true);
    this.saving = true;
    try {
      await this.send(this.sheet());
    } catch (error) {
      await this.stumble(error);
    } finally {
      this.saving = false;
    }
    if (this.again && !this.stale) {
      this.again = false;
      await this.save();
    }
    return undefined;
  }

  async send(sheet) {
    const before = this.key;
    const path = this.id ? `/v1/drafts/${this.id}` : "/v1/drafts";
    const { draft } = await ask(this.id ? "PUT" : "POST", path, this.id ? { ...sheet, version: this.version } : sheet);
    this.version = draft.version;
    if (!this.id) {
      this.id = draft.id;
      history.replaceState(null, "", this.address(draft.id));
    }
    if (JSON.stringify(this.content) === JSON.stringify(sheet.content)) this.dropHere(before, this.key);
    else this.keepHere();
    this.tellSaved(draft.saved_at);
  }

  async stumble(error) {
    const code = error instanceof Refused ? error.code : null;
    if (code === "NOT_SIGNED_IN") return this.signing.over();
    if (code === "DRAFT_CHANGED") return this.clash();
    if (code === "DRAFT_NOT_FOUND") return this.forget();
    return this.tell("draft_failed", { detail: error.message });
  }

  /** Somebody else saved it: nothing is overwritten before a person has decided. */
  clash() {
    this.stale = true;
    this.tell("draft_changed");
    for (const name of ["save-apart", "load-theirs"]) this.stage.act(name).hidden = false;
  }

  async saveApart() {
    this.settle();
    this.dropHere(this.key);
    this.forget();
    await this.save();
  }

  async loadTheirs() {
    this.settle();
    this.dropHere(this.key);
    await this.fetch(true);
  }

  settle() {
    this.stale = false;
    for (const name of ["save-apart", "load-theirs"]) this.stage.act(name).hidden = true;
  }

  /** The proposal is published: the draft has done its work. */
  async finish() {
    clearTimeout(this.timer);
    this.dropHere(this.key, `zbor.draft.${this.nameless}`);
    if (this.id) await ask("DELETE", `/v1/drafts/${this.id}`).catch(() => {});
    this.place.textContent = "";
  }

  tell(code, facts = {}) {
    this.place.textContent = this.stage.sentence(code, facts);
  }

  tellSaved(at) {
    const member = this.stage.nameOf(this.signing.caller?.member);
    this.tell("draft_saved", { when: this.stage.time(new Date(at)), member });
  }

  keptHere() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  keepHere() {
    try {
      localStorage.setItem(this.key, JSON.stringify({ content: this.form.read(), version: this.version }));
    } catch {
      // A browser that forbids storage, or has none left, keeps what the service has.
    }
  }

  dropHere(...keys) {
    try {
      for (const key of keys) localStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  }
}
