/** The form of a proposal: what stands in it, as one value, and back again. Knows no law and no chain. */

import { clearMarks, mark } from "./field_marks.js";

const LISTS = ["classes", "grounds"];
let numbers = 0;

export class MotionForm {
  constructor(root, stage) {
    this.root = root;
    this.stage = stage;
    this.page = stage.page;
    this.acts = root.querySelector("[data-acts]");
    this.texts = root.querySelector("[data-texts]");
    this.names = Object.fromEntries(
      [...root.querySelectorAll("[data-add-language] option")].map((option) => [option.value, option.textContent]),
    );
    this.files = [];
  }

  start(onChange) {
    this.onChange = onChange;
    const add = this.root.querySelector("[data-add]");
    add?.addEventListener("change", () => {
      if (add.value) this.addAct(add.value).querySelector("input, select, textarea")?.focus();
      add.value = "";
      onChange();
    });
    const language = this.root.querySelector("[data-add-language]");
    language.addEventListener("change", () => {
      if (language.value) this.addText(language.value).querySelector("input").focus();
      language.value = "";
      onChange();
    });
    this.root.addEventListener("input", onChange);
    for (const radio of this.root.querySelectorAll("input[name=opens]")) radio.addEventListener("change", () => this.showWhen());
  }

  /** An empty form: the one act there may be, and a text in the reader's language. */
  begin() {
    const acts = Object.keys(this.page.acts);
    this.write({
      acts: acts.length === 1 ? [{ act: acts[0], fields: {} }] : [],
      texts: { [this.page.language]: {} },
      authoritative: "",
    });
  }

  read() {
    return {
      acts: [...this.acts.children].map((act) => ({ act: act.dataset.actName, fields: this.fieldsIn(act) })),
      particulars: this.fieldsIn(this.root.querySelector("[data-particulars]")),
      texts: Object.fromEntries([...this.texts.children].map((text) => [text.dataset.language, this.fieldsIn(text)])),
      authoritative: this.root.querySelector("input[name=authoritative]:checked")?.closest("[data-language]").dataset.language ?? "",
      files: this.files,
      opens: this.root.querySelector("input[name=opens]:checked")?.value ?? "",
      opens_at: this.field("opens_at").value,
      extraordinary: this.extraordinary,
      reference: this.field("reference").value,
    };
  }

  write(state) {
    this.acts.replaceChildren();
    for (const { act, fields } of state.acts ?? []) if (act in this.page.acts) this.fillIn(this.addAct(act), fields);
    this.fillIn(this.root.querySelector("[data-particulars]"), state.particulars);
    this.texts.replaceChildren();
    for (const [language, text] of Object.entries(state.texts ?? {})) {
      if (!(language in this.names)) continue;
      const added = this.addText(language);
      this.fillIn(added, text);
      added.querySelector("input[name=authoritative]").checked = state.authoritative === language;
    }
    this.files = Array.isArray(state.files) ? state.files : [];
    this.showFiles();
    for (const radio of this.root.querySelectorAll("input[name=opens]")) radio.checked = radio.value === state.opens;
    this.field("opens_at").value = state.opens_at ?? "";
    const extraordinary = this.root.querySelector("[data-extraordinary]");
    if (extraordinary) extraordinary.checked = state.extraordinary === true;
    this.field("reference").value = state.reference ?? "";
    this.showWhen();
  }

  get extraordinary() {
    return this.root.querySelector("[data-extraordinary]")?.checked ?? false;
  }

  field(name) {
    return this.root.querySelector(`[data-field="${name}"] :is(input, select, textarea)`);
  }

  addAct(name) {
    const act = this.copy(`template[data-act-template="${name}"]`);
    act.querySelector("[data-remove]")?.addEventListener("click", () => this.remove(act, "[data-add]"));
    if (name === "setRule") act.querySelector('[data-field="name"] input').addEventListener("change", () => this.fillRule(act));
    this.acts.append(act);
    return act;
  }

  /** The terms of a rule in force are what one begins with. */
  fillRule(act) {
    const terms = this.page.rules[act.querySelector('[data-field="name"] input').value.trim()];
    if (terms) this.fillIn(act, { ...this.fieldsIn(act), ...terms });
    this.onChange();
  }

  addText(language) {
    const known = this.texts.querySelector(`[data-language="${language}"]`);
    if (known) return known;
    const text = this.copy("template[data-text-template]");
    text.dataset.language = language;
    text.querySelector("[data-language-name]").textContent = this.names[language];
    for (const box of text.querySelectorAll("input[type=text], textarea")) box.lang = language;
    text.querySelector("[data-remove]").addEventListener("click", () => this.remove(text, "[data-add-language]"));
    this.texts.append(text);
    return text;
  }

  remove(part, next) {
    part.remove();
    this.root.querySelector(next)?.focus();
    this.onChange();
  }

  /** A copy of a template, with ids of its own so that labels and errors find their fields. */
  copy(template) {
    const made = this.root.querySelector(template).content.firstElementChild.cloneNode(true);
    numbers += 1;
    for (const one of made.querySelectorAll("[id]")) one.id = `${one.id}-${numbers}`;
    for (const one of made.querySelectorAll("[for]")) one.htmlFor = `${one.htmlFor}-${numbers}`;
    for (const one of made.querySelectorAll("[aria-describedby]")) {
      const ids = one.getAttribute("aria-describedby").split(" ").map((id) => `${id}-${numbers}`);
      one.setAttribute("aria-describedby", ids.join(" "));
    }
    return made;
  }

  fieldsIn(part) {
    const places = part ? [...part.querySelectorAll("[data-field]")] : [];
    return Object.fromEntries(places.map((place) => [place.dataset.field, valueIn(place)]));
  }

  fillIn(part, fields = {}) {
    for (const place of part?.querySelectorAll("[data-field]") ?? []) {
      if (Object.hasOwn(fields ?? {}, place.dataset.field)) putInto(place, fields[place.dataset.field]);
    }
  }

  showWhen() {
    this.root.querySelector("[data-when]").hidden = this.root.querySelector("input[name=opens]:checked")?.value !== "then";
  }

  showFiles() {
    const list = this.root.querySelector("[data-files]");
    list.replaceChildren(...this.files.map((file) => this.fileItem(file)));
  }

  fileItem(file) {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-small" });
    button.textContent = `✕ ${file.name}`;
    button.setAttribute("aria-label", this.stage.sentence("remove_file", { name: file.name }));
    button.addEventListener("click", () => {
      this.files = this.files.filter((one) => one !== file);
      this.showFiles();
      this.root.querySelector("[data-attach]").focus();
      this.onChange();
    });
    item.append(button);
    return item;
  }

  clearErrors() {
    clearMarks(this.root);
  }

  /** Write an error beside its field, or beside the part of that name. */
  mark(place, code, facts) {
    mark(place, this.stage.sentence(code, facts));
  }

  markPart(name, code, facts) {
    const error = this.root.querySelector(`[data-error="${name}"]`);
    error.textContent = this.stage.sentence(code, facts);
    error.hidden = false;
  }

  placeOf(part, field) {
    return part.querySelector(`[data-field="${field}"]`);
  }

  /** Lead to the first field that is not in order. */
  leadToError() {
    const first = this.root.querySelector("[data-error]:not([hidden])");
    const place = first?.closest("[data-field], section");
    (place?.querySelector("input:not([hidden]), select, textarea") ?? this.stage.status).focus();
  }
}

function valueIn(place) {
  const { control } = place.dataset;
  if (LISTS.includes(control)) return [...place.querySelectorAll("input:checked")].map((box) => box.value);
  const box = place.querySelector("input, select, textarea");
  return control === "flag" ? box.checked : box.value;
}

function putInto(place, value) {
  const { control } = place.dataset;
  if (LISTS.includes(control)) {
    for (const box of place.querySelectorAll("input")) box.checked = Array.isArray(value) && value.includes(box.value);
    return;
  }
  const box = place.querySelector("input, select, textarea");
  if (control === "flag") box.checked = value === true;
  else box.value = value ?? "";
}
