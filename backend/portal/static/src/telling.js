/** What a part of a page says while somebody acts: a status line, sentences by their codes, facts. Knows no wallet. */

/** `page` has the sentences in the reader's language as `messages`, by their codes. */
export class Telling {
  constructor(root, page) {
    this.root = root;
    this.page = page;
    this.status = root.querySelector("[data-say]");
  }

  /** The sentence with that code in the reader's language, its facts filled in. */
  sentence(code, facts = {}) {
    const sentence = this.page.messages[code] ?? code;
    return sentence.replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);
  }

  say(code, facts = {}, mood = "calm") {
    this.tell(this.sentence(code, facts), mood);
  }

  tell(text, mood = "calm") {
    this.status.textContent = text;
    this.status.dataset.mood = mood;
  }

  /** Something somebody has to know now: said, and led to. */
  trouble(code, facts = {}) {
    this.say(code, facts, "trouble");
    this.lead();
  }

  lead() {
    this.status.focus();
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  /** Fill every place that shows one of these facts. */
  fill(facts) {
    for (const [name, value] of Object.entries(facts)) {
      for (const place of this.root.querySelectorAll(`[data-fact="${name}"]`)) place.textContent = value;
    }
  }

  act(name) {
    return this.root.querySelector(`[data-act="${name}"]`);
  }

  /** Do this when the button of that name is pressed, where the page has one. */
  on(name, handler) {
    this.act(name)?.addEventListener("click", handler);
  }
}
