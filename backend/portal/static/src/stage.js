/** What a page says while somebody acts: a status line, parts that are shown in turn, facts. Knows no wallet. */

export class Stage {
  constructor(root, page) {
    this.root = root;
    this.page = page;
    this.status = root.querySelector("[data-say]");
  }

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
    this.status.focus();
  }

  lead() {
    this.status.focus();
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  show(name, on = true) {
    this.part(name).hidden = !on;
  }

  fill(facts) {
    for (const [name, value] of Object.entries(facts)) {
      for (const place of this.root.querySelectorAll(`[data-fact="${name}"]`)) place.textContent = value;
    }
  }

  act(name) {
    return this.root.querySelector(`[data-act="${name}"]`);
  }

  on(name, handler) {
    this.act(name)?.addEventListener("click", handler);
  }

  /** A moment in the reader's language and the consortium's time zone. */
  moment(instant) {
    const when = instant instanceof Date ? instant : new Date(instant);
    const { locale, timeZone } = this.page;
    return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone }).format(when);
  }

  time(instant) {
    const { locale, timeZone } = this.page;
    return new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone }).format(instant);
  }

  nameOf(memberId) {
    return this.page.members[memberId]?.name ?? `#${memberId}`;
  }
}

/** What the page tells its module; throws where it tells nothing. */
export function readPage(root) {
  return JSON.parse(root.dataset.page);
}
