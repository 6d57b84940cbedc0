/** The voting panel of the page: shows one part at a time and says what is going on. Knows no wallet and no chain. */

const PARTS = ["no-wallet", "wallets", "network", "ballot", "way", "receipt"];

export class Panel {
  constructor(section, box) {
    this.section = section;
    this.box = box;
    this.status = section.querySelector("[data-say]");
    this.touched = false;
    section.addEventListener("click", () => (this.touched = true), { capture: true });
  }

  /** Show these parts and hide the others. */
  show(...names) {
    for (const name of PARTS) this.part(name).hidden = !names.includes(name);
  }

  part(name) {
    return this.section.querySelector(`[data-part="${name}"]`);
  }

  /** Show or hide a piece of a part, such as one of two ways to hand in the ballot. */
  reveal(name, shown) {
    for (const piece of this.section.querySelectorAll(`[data-piece="${name}"]`)) piece.hidden = !shown;
  }

  /** Say a sentence by its code, with its facts; the screen reader says it, too. */
  say(code, facts = {}, mood = "calm") {
    this.status.textContent = this.sentence(code, facts);
    this.status.dataset.mood = mood;
  }

  /** The sentence with that code in the reader's language, its facts filled in. */
  sentence(code, facts = {}) {
    const sentence = this.box.messages[code] ?? code;
    return sentence.replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);
  }

  /** Whether nothing is left to press. */
  get isBare() {
    return PARTS.every((name) => this.part(name).hidden);
  }

  trouble(code, facts = {}) {
    this.say(code, facts, "trouble");
    this.lead();
  }

  /** Lead the reader to the sentence; one who has not touched the panel yet is left where they read. */
  lead() {
    if (this.touched) this.status.focus();
  }

  /** Fill every place in the panel that shows one of these facts. */
  fill(facts) {
    for (const [name, value] of Object.entries(facts)) {
      for (const place of this.section.querySelectorAll(`[data-fact="${name}"]`)) place.textContent = value;
    }
  }

  /** Lead a link of the panel to an address. */
  link(name, address) {
    for (const place of this.section.querySelectorAll(`[data-link="${name}"]`)) place.href = address;
  }

  /** Tick off the turns of the ballot's way up to this one. */
  reach(turn) {
    const turns = [...this.section.querySelectorAll("[data-turn]")];
    const last = turns.findIndex((item) => item.dataset.turn === turn);
    turns.forEach((item, place) => item.toggleAttribute("data-reached", place <= last));
  }

  /** The choice marked on the ballot, or null. */
  get choice() {
    return this.section.querySelector("input[name=choice]:checked")?.value ?? null;
  }

  /** What was written as the reason. */
  get written() {
    return this.section.querySelector("textarea[name=reason]").value;
  }

  /** Lead the keyboard to the first way in which the ballot can be handed in. */
  leadToWays() {
    this.section.querySelector("[data-piece=review] .button:not([hidden], [hidden] *)")?.focus();
  }

  /** Do this whenever a choice is marked. */
  onMarked(handler) {
    this.part("ballot").addEventListener("change", ({ target }) => target.name === "choice" && handler());
  }

  /** Say beneath the reason how much room is left for it. */
  countWritten() {
    const field = this.section.querySelector("textarea[name=reason]");
    const count = () => this.fill({ left: String(field.maxLength - field.value.length) });
    field.addEventListener("input", count);
    count();
  }

  /** Put a button for a wallet on the page. */
  offer(wallet, onChosen) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.dataset.wallet = wallet.id;
    if (wallet.icon) button.append(Object.assign(new Image(28, 28), { src: wallet.icon, alt: "" }));
    button.append(wallet.name);
    button.addEventListener("click", onChosen);
    const item = document.createElement("li");
    item.append(button);
    this.section.querySelector("[data-wallets]").append(item);
  }

  /** Do this when the button of that name is pressed, where the page has one. */
  on(act, handler) {
    this.section.querySelector(`[data-act="${act}"]`)?.addEventListener("click", handler);
  }
}
