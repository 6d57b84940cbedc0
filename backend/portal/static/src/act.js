/** Brings the module for acts as soon as somebody opens one; who only reads does not carry it. */

import { keepFresh } from "./live.js";
import { watchReminders } from "./remind.js";

class Waiting {
  constructor(dialog) {
    this.module = dialog.dataset.module;
    this.loaded = null;
  }

  start() {
    document.addEventListener("toggle", (event) => this.opened(event.target), { capture: true });
    document.addEventListener("submit", (event) => this.submitted(event));
    document.querySelectorAll("details.act").forEach((act) => this.opened(act));
  }

  opened(element) {
    if (element.matches?.("details.act") && element.open) this.load();
  }

  /** Sent before the module was there: held back, and sent again once it is. */
  submitted(event) {
    const form = event.target.closest("form[data-act]");
    if (!form || this.ready) return;
    event.preventDefault();
    this.load().then(() => form.requestSubmit(event.submitter));
  }

  load() {
    this.loaded ??= import(this.module).then(() => (this.ready = true));
    return this.loaded;
  }
}

const dialog = document.querySelector("dialog[data-act-desk]");
if (dialog) new Waiting(dialog).start();
if (document.querySelector("[data-fresh]")) keepFresh();
watchReminders();
