/** Who acts for the organisation: listed, put on file, corrected, ended, erased. */

import { clearMarks } from "./field_marks.js";
import { allParts } from "./parts.js";
import { ask } from "./service.js";

const EMAIL = /^[^\s@<>]{1,64}@[^\s@<>]+\.[^\s@<>]+$/;

export class People {
  constructor(affairs) {
    this.affairs = affairs;
    this.stage = affairs.stage;
    this.correcting = null;
  }

  start() {
    const { root } = this.affairs;
    this.list = root.querySelector("[data-people]");
    this.form = root.querySelector("[data-person-form]");
    this.folder = root.querySelector("[data-adding]");
    this.title = root.querySelector("[data-adding-title]");
    this.adding = this.title.textContent;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.affairs.attempt(() => this.save());
    });
    this.folder.addEventListener("toggle", () => {
      if (!this.folder.open) this.clear();
    });
  }

  async load() {
    const { items } = await allParts("/v1/representatives", (path) => ask("GET", path));
    this.list.replaceChildren(...items.map((person) => this.itemOf(person)));
    if (items.length === 0) this.list.append(Object.assign(document.createElement("li"), { textContent: this.stage.sentence("no_people") }));
  }

  itemOf(person) {
    const template = this.affairs.root.querySelector("[data-person-template]");
    const item = template.content.firstElementChild.cloneNode(true);
    const part = (name) => item.querySelector(`[data-${name}]`);
    const day = (instant) => new Intl.DateTimeFormat(this.stage.page.locale, { dateStyle: "medium", timeZone: this.stage.page.timeZone }).format(new Date(instant));
    part("name").textContent = person.name ?? this.stage.sentence("person_gone");
    part("function").textContent = this.stage.sentence(`function_${person.function}`);
    part("days").textContent = person.until
      ? this.stage.sentence("person_until", { when: day(person.until) })
      : this.stage.sentence("person_since", { when: day(person.since) });
    part("contact").textContent = [person.email, person.wallet].filter(Boolean).join(" · ");
    part("correct").hidden = part("erase").hidden = person.erased_at !== null;
    part("end").hidden = person.until !== null;
    part("correct").addEventListener("click", () => this.correct(person));
    part("end").addEventListener("click", () => this.affairs.attempt(() => this.end(person)));
    part("erase").addEventListener("click", () => {
      part("sure").hidden = false;
      part("sure").focus();
    });
    part("sure").addEventListener("click", () => this.affairs.attempt(() => this.erase(person)));
    return item;
  }

  box(name) {
    return this.form.querySelector(`[data-field="${name}"] :is(input, select)`);
  }

  correct(person) {
    this.correcting = person.person;
    for (const name of ["name", "email", "language"]) this.box(name).value = person[name];
    for (const part of this.form.querySelectorAll("[data-new]")) part.hidden = true;
    this.title.textContent = person.name;
    this.folder.open = true;
    this.box("name").focus();
  }

  clear() {
    this.correcting = null;
    this.form.reset();
    clearMarks(this.form);
    for (const part of this.form.querySelectorAll("[data-new]")) part.hidden = false;
    this.title.textContent = this.adding;
  }

  async save() {
    const { affairs } = this;
    clearMarks(this.form);
    const place = (name) => this.form.querySelector(`[data-field="${name}"]`);
    const person = { name: this.box("name").value.trim(), email: this.box("email").value.trim(), language: this.box("language").value };
    if (!person.name) return affairs.mark(place("name"), "FIELD_EMPTY");
    if (!EMAIL.test(person.email)) return affairs.mark(place("email"), "FIELD_EMAIL");
    if (this.correcting) {
      await ask("PUT", `/v1/representatives/${this.correcting}`, person);
      return this.done("person_corrected");
    }
    if (!this.box("consent").checked) return affairs.mark(place("consent"), "FIELD_CONSENT");
    const { member, wallet } = affairs.signing.caller;
    const appointed = { ...person, member, function: this.box("function").value, consent: true };
    await ask("POST", "/v1/representatives", this.box("wallet").checked ? { ...appointed, wallet } : appointed);
    return this.done("person_saved", person);
  }

  async end(person) {
    await ask("POST", `/v1/representatives/${person.person}/end`, { until: new Date().toISOString() });
    await this.done("person_ended", person);
  }

  async erase(person) {
    await ask("DELETE", `/v1/representatives/${person.person}`);
    await this.done("person_erased");
    await this.affairs.signing.look();
  }

  async done(code, facts) {
    this.folder.open = false;
    this.stage.say(code, facts);
    this.stage.lead();
    await this.load();
    await this.affairs.notices.load();
  }
}
