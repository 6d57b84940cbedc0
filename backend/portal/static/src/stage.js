/** A page on which somebody acts: parts that come and go, moments in its own time zone, the names of members. */

import { Telling } from "./telling.js";

export class Stage extends Telling {
  show(name, on = true) {
    this.part(name).hidden = !on;
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
