/** The window in which an act is reviewed and sent: shows one part at a time and says what is going on. */

const PARTS = ["wallets", "network", "review", "transaction", "signed", "done"];

export class ActPanel {
  constructor(dialog, desk) {
    this.dialog = dialog;
    this.desk = desk;
    this.status = dialog.querySelector("[data-say]");
  }

  /** Open the window for an act of this title. */
  open(title) {
    this.dialog.querySelector("[data-title]").textContent = title;
    this.show();
    this.status.textContent = "";
    if (!this.dialog.open) this.dialog.showModal();
  }

  get isOpen() {
    return this.dialog.open;
  }

  /** Show these parts and hide the others. */
  show(...names) {
    for (const name of PARTS) this.part(name).hidden = !names.includes(name);
  }

  part(name) {
    return this.dialog.querySelector(`[data-part="${name}"]`);
  }

  /** Whether nothing is left to press but the button that closes the window. */
  get isBare() {
    return PARTS.every((name) => this.part(name).hidden);
  }

  /** Say a sentence by its code, and lead the reader to it. */
  say(code, facts = {}, mood = "calm") {
    this.tell(this.sentence(code, facts), mood);
  }

  /** Say a sentence that is worded already. */
  tell(sentence, mood = "calm") {
    this.status.textContent = sentence;
    this.status.dataset.mood = mood;
    this.status.focus();
  }

  /** The sentence with that code in the reader's language, its facts filled in. */
  sentence(code, facts = {}) {
    const sentence = this.desk.messages[code] ?? code;
    return sentence.replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);
  }

  /** List what will be sent: pairs of a heading and a value. */
  list(rows) {
    const terms = rows.flatMap(([heading, value]) => [element("dt", heading), element("dd", value)]);
    this.dialog.querySelector("[data-rows]").replaceChildren(...terms);
  }

  /** Fill every place in the window that shows one of these facts. */
  fill(facts) {
    for (const [name, value] of Object.entries(facts)) {
      for (const place of this.dialog.querySelectorAll(`[data-fact="${name}"]`)) place.textContent = value;
    }
  }

  /** Put a button for a wallet into the window. */
  offer(wallet, onChosen) {
    const button = element("button", wallet.name);
    button.type = "button";
    button.className = "button";
    if (wallet.icon) button.prepend(Object.assign(new Image(28, 28), { src: wallet.icon, alt: "" }));
    button.addEventListener("click", onChosen);
    const item = document.createElement("li");
    item.append(button);
    this.dialog.querySelector("[data-wallets]").append(item);
  }

  /** Do this when the button of that name is pressed. */
  on(name, handler) {
    this.dialog.querySelector(`[data-press="${name}"]`).addEventListener("click", handler);
  }

  /** Do this when the window is closed, by its button or by the Escape key. */
  onClosed(handler) {
    this.dialog.addEventListener("close", handler);
  }

  close() {
    this.dialog.close();
  }
}

/** Say beside a form what is wrong with one of its fields, and lead the reader there. */
export function troubleIn(form, control, sentence) {
  clearTrouble(form);
  const place = form.querySelector("[data-form-say]");
  place.textContent = sentence;
  place.hidden = false;
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", place.id);
  control.focus();
}

export function clearTrouble(form) {
  form.querySelector("[data-form-say]").hidden = true;
  for (const control of form.querySelectorAll("[aria-invalid]")) {
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
  }
}

function element(name, text) {
  return Object.assign(document.createElement(name), { textContent: text });
}
