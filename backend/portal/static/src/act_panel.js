/** The window in which an act is reviewed and sent. */

import { InTurn } from "./in_turn.js";

export class ActPanel extends InTurn {
  /** Open the window for an act of this title. */
  open(title) {
    this.root.querySelector("[data-title]").textContent = title;
    this.show();
    this.status.textContent = "";
    if (!this.root.open) this.root.showModal();
  }

  get isOpen() {
    return this.root.open;
  }

  /** Say a sentence, and lead the reader to it. */
  tell(sentence, mood) {
    super.tell(sentence, mood);
    this.lead();
  }

  /** List what will be sent: pairs of a heading and a value. */
  list(rows) {
    const terms = rows.flatMap(([heading, value]) => [element("dt", heading), element("dd", value)]);
    this.root.querySelector("[data-rows]").replaceChildren(...terms);
  }

  /** Do this when the button of that name is pressed. */
  on(name, handler) {
    this.root.querySelector(`[data-press="${name}"]`).addEventListener("click", handler);
  }

  /** Do this when the window is closed, by its button or by the Escape key. */
  onClosed(handler) {
    this.root.addEventListener("close", handler);
  }

  close() {
    this.root.close();
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
