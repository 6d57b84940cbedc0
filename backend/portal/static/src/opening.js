/** When voting would open and close: what the law says of it, told while somebody writes and before they sign. */

import { ask } from "./service.js";

export class Opening {
  constructor(stage, form, signing) {
    Object.assign(this, { stage, form, signing });
  }

  /** What the law says of an opening on that second, or as soon as the notice allows. */
  ask({ second, extraordinary }, wallet) {
    const query = new URLSearchParams({ extraordinary: String(extraordinary) });
    if (second) query.set("opens_at", new Date(second * 1000).toISOString().replace(/\.\d+Z$/, "Z"));
    if (wallet) query.set("wallet", wallet);
    return ask("GET", `/v1/kinds/${encodeURIComponent(this.stage.page.kind.name)}/opening?${query}`);
  }

  /** What the law says of the opening as it stands in the form, told before anybody asks. */
  async show() {
    const state = this.form.read();
    const { extraordinary } = state;
    const law = await this.ask({ extraordinary }, this.signing.acting?.address);
    this.form.root.querySelector("[data-earliest]").textContent = this.stage.sentence("earliest", {
      earliest: this.stage.moment(earliestOf(law, extraordinary)),
    });
    this.form.root.querySelector("[data-zone]").textContent = this.stage.sentence("your_clock", {
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    const closes = this.form.root.querySelector("[data-closes]");
    closes.textContent = state.opens === "soon" ? this.times("opens_as_soon", law) : "";
  }

  times(code, law) {
    return this.stage.sentence(code, { opens: this.stage.moment(law.opens_at), closes: this.stage.moment(law.closes_at) });
  }

  /** The contract knows no "as soon as" for a revised proposal: it is given the next full hour that the law allows. */
  async timed(motion) {
    if (!this.stage.page.revises || motion.opening) return motion;
    const law = await this.ask({ extraordinary: false }, this.signing.acting?.address);
    const second = upToTheHour(law.earliest).getTime() / 1000;
    return { ...motion, opening: { second, extraordinary: false } };
  }

  /** What the records already know to be against it is said beside the field, before a wallet opens. */
  async isRefused({ opening }, wallet) {
    this.law = await this.ask(opening ?? { extraordinary: false }, wallet);
    if (this.law.refusal) this.refuse(this.law.refusal);
    return Boolean(this.law.refusal);
  }

  refuse(code) {
    const { form, law, stage } = this;
    const facts = { earliest: stage.moment(earliestOf(law, form.extraordinary)), latest: stage.moment(law.latest) };
    if (["NOTICE_TOO_SHORT", "OPENS_TOO_LATE"].includes(code) && form.read().opens === "then") {
      form.mark(form.placeOf(form.root, "opens_at"), code, facts);
      stage.say(code, facts, "trouble");
      form.field("opens_at").focus();
      return;
    }
    stage.trouble(code in stage.page.messages ? code : "OTHER", { detail: code, ...facts });
  }
}

function earliestOf(law, extraordinary) {
  return upToTheHour(extraordinary ? law.earliest_extraordinary : law.earliest);
}

/** The next full hour, so that there is time to read and to sign. */
export function upToTheHour(instant) {
  return new Date(Math.ceil((new Date(instant).getTime() + 600_000) / 3_600_000) * 3_600_000);
}
