/** Which notices the person who is signed in is sent. */

import { Refused, ask } from "./service.js";

const PATH = "/v1/notices/preferences";

export class Notices {
  constructor(affairs) {
    this.affairs = affairs;
    this.stage = affairs.stage;
  }

  start() {
    this.form = this.affairs.root.querySelector("[data-notices]");
    this.line = this.affairs.root.querySelector("[data-notices-say]");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.affairs.attempt(() => this.save());
    });
  }

  async load() {
    try {
      this.show(await ask("GET", PATH));
    } catch (error) {
      if (!(error instanceof Refused) || error.status === 401) throw error;
      this.form.hidden = true;
      this.line.textContent = this.stage.sentence("notices_nobody");
    }
  }

  show(found) {
    this.form.hidden = false;
    for (const [name, wanted] of Object.entries(found.notices)) {
      const box = this.form.elements.namedItem(name);
      if (box) box.checked = wanted;
    }
    this.form.querySelector("select").value = found.language;
    const code = found.sending ? found.unsubscribed && "notices_stopped" : "notices_off";
    this.line.textContent = code ? this.stage.sentence(code) : "";
  }

  async save() {
    const boxes = [...this.form.querySelectorAll("input[type=checkbox]")];
    const notices = Object.fromEntries(boxes.map((box) => [box.name, box.checked]));
    this.show(await ask("PUT", PATH, { language: this.form.querySelector("select").value, notices }));
    this.stage.say("notices_saved");
    this.stage.lead();
  }
}
