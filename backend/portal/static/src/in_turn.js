/** A panel that shows its parts in turn, the wallets to choose from among them. */

import { Telling } from "./telling.js";
import { walletButton } from "./wallet_button.js";

export class InTurn extends Telling {
  /** Show these parts and hide the others. */
  show(...names) {
    for (const part of this.parts) part.hidden = !names.includes(part.dataset.part);
  }

  /** Whether nothing of any part is left to press. */
  get isBare() {
    return this.parts.every((part) => part.hidden);
  }

  get parts() {
    return [...this.root.querySelectorAll("[data-part]")];
  }

  /** Put a button for a wallet into the list of wallets. */
  offer(wallet, onChosen) {
    this.root.querySelector("[data-wallets]").append(walletButton(wallet, onChosen));
  }
}
