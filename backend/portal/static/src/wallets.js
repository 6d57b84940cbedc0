/** Finding the wallets in this browser (EIP-6963) and remembering which one was used last. */

const REMEMBERED = "zbor.wallet";
const TIME_TO_ANNOUNCE = 600;
const watched = new WeakSet();

/**
 * Tell `onFound` of each wallet that announces itself, now or later; one that announces twice is told of once. Where
 * none does in time, one of the older kind, which does not announce itself, is told of by the name given for it.
 * @returns {Promise<boolean>} once that time is over: whether there is any wallet
 */
export async function discover(onFound, nameOfOlder) {
  const known = new Set();
  window.addEventListener("eip6963:announceProvider", (event) => {
    const { info, provider } = event.detail ?? {};
    if (!info?.uuid || typeof provider?.request !== "function" || known.has(info.uuid)) return;
    known.add(info.uuid);
    onFound({ id: String(info.rdns ?? info.uuid), name: String(info.name), icon: safeIcon(info.icon), provider });
  });
  window.dispatchEvent(new Event("eip6963:requestProvider"));
  await new Promise((resume) => setTimeout(resume, TIME_TO_ANNOUNCE));
  const provider = window.ethereum;
  if (known.size > 0) return true;
  if (typeof provider?.request !== "function") return false;
  onFound({ id: "window.ethereum", name: nameOfOlder, icon: null, provider });
  return true;
}

/** Call `onChange`, with the code of what to say, whenever the account or the network is changed in this wallet. */
export function watch({ provider }, onChange) {
  if (typeof provider.on !== "function" || watched.has(provider)) return;
  watched.add(provider);
  provider.on("accountsChanged", () => onChange("account_changed"));
  provider.on("chainChanged", () => onChange("checking"));
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
