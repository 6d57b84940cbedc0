/** Remembers a ballot that is on its way, so that a page that was closed can be opened again and goes on following. */

export class UnderWay {
  constructor(box) {
    this.name = `zbor.way.${box.chainId}.${box.governor}.${box.proposalId}`;
  }

  /** @param {{memberId: number, choice: string, id?: string, transaction?: string, words?: object}} ballot */
  keep(ballot) {
    this.touch((storage) => storage.setItem(this.name, JSON.stringify(ballot)));
  }

  /** The ballot of that member, or null. */
  of(memberId) {
    return this.touch((storage) => {
      const kept = JSON.parse(storage.getItem(this.name) ?? "null");
      return kept?.memberId === memberId ? kept : null;
    });
  }

  forget() {
    this.touch((storage) => storage.removeItem(this.name));
  }

  touch(act) {
    try {
      return act(localStorage) ?? null;
    } catch {
      return null; // A browser that forbids storage remembers nothing.
    }
  }
}
