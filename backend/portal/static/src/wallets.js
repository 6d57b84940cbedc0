/** Finding the wallets in this browser (EIP-6963) and remembering which one was used last. */

const REMEMBERED = "zbor.wallet";

/** Tell `onFound` of each wallet that announces itself, now or later; one that announces twice is told of once. */
export function discover(onFound) {
  const known = new Set();
  window.addEventListener("eip6963:announceProvider", (event) => {
    const { info, provider } = event.detail ?? {};
    if (!info?.uuid || typeof provider?.request !== "function" || known.has(info.uuid)) return;
    known.add(info.uuid);
    onFound({ id: String(info.rdns ?? info.uuid), name: String(info.name), icon: safeIcon(info.icon), provider });
  });
  window.dispatchEvent(new Event("eip6963:requestProvider"));
}

/** A wallet of the older kind, which does not announce itself. */
export function olderWallet(name) {
  const provider = window.ethereum;
  return typeof provider?.request === "function" ? { id: "window.ethereum", name, icon: null, provider } : null;
}

export function remember(wallet) {
  try {
    localStorage.setItem(REMEMBERED, wallet.id);
  } catch {
    // A browser that forbids storage asks again next time.
  }
}

export function isRemembered(wallet) {
  try {
    return localStorage.getItem(REMEMBERED) === wallet.id;
  } catch {
    return false;
  }
}

/** Only pictures that are carried along: an address would tell its server who looks at this page. */
function safeIcon(icon) {
  return typeof icon === "string" && icon.startsWith("data:image/") ? icon : null;
}
