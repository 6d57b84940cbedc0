/** The voting panel of the page: the ballot paper, the ways to hand it in, and how far it is. Knows no wallet and no chain. */

import { InTurn } from "./in_turn.js";

export class Panel extends InTurn {
  constructor(section, box) {
    super(section, box);
    this.touched = false;
    section.addEventListener("click", () => (this.touched = true), { capture: true });
  }

  /** Show or hide a piece of a part, such as one of two ways to hand in the ballot. */
  reveal(name, shown) {
    for (const piece of this.root.querySelectorAll(`[data-piece="${name}"]`)) piece.hidden = !shown;
  }

  /** Lead the reader to the sentence; one who has not touched the panel yet is left where they read. */
  lead() {
    if (this.touched) this.status.focus();
  }

  /** Lead a link of the panel to an address. */
  link(name, address) {
    for (const place of this.root.querySelectorAll(`[data-link="${name}"]`)) place.href = address;
  }

  /** Tick off the turns of the ballot's way up to this one. */
  reach(turn) {
    const turns = [...this.root.querySelectorAll("[data-turn]")];
    const last = turns.findIndex((item) => item.dataset.turn === turn);
    turns.forEach((item, place) => item.toggleAttribute("data-reached", place <= last));
  }

  /** What the sentence of a refusal may name. */
  factsOf({ detail }) {
    const { opens, deadline } = this.page;
    return { detail, opens, snapshot: opens, deadline };
  }

  /** The choice marked on the organisation's own ballot, or null; those of others have papers of their own. */
  get choice() {
    return this.part("ballot").querySelector("input[name=choice]:checked")?.value ?? null;
  }

  /** What was written as the reason. */
  get written() {
    return this.root.querySelector("textarea[name=reason]").value;
  }

  /** Lead the keyboard to the first way in which the ballot can be handed in. */
  leadToWays() {
    this.root.querySelector("[data-piece=review] .button:not([hidden], [hidden] *)")?.focus();
  }

  /** Do this whenever a choice is marked. */
  onMarked(handler) {
    this.part("ballot").addEventListener("change", ({ target }) => target.name === "choice" && handler());
  }

  /** Say beneath the reason how much room is left for it. */
  countWritten() {
    const field = this.root.querySelector("textarea[name=reason]");
    const count = () => this.fill({ left: String(field.maxLength - field.value.length) });
    field.addEventListener("input", count);
    count();
  }
}
