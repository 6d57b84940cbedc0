/** Keeping the open page's figures fresh: the same page is fetched again and its live parts are exchanged. */

const PAUSE = 15_000;

/**
 * Fetch the page and exchange its live parts; a part in which someone is busy is left alone.
 * @param {number} [member] whom the page is read for from now on, as if it had been chosen from the list
 */
export async function refresh(member) {
  const address = new URL(location.href);
  if (member) address.searchParams.set("organisation", member);
  const answer = await fetch(address, { headers: { accept: "text/html" }, cache: "no-store" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const newer = fresh.getElementById(part.id);
    if (newer && !part.contains(document.activeElement) && newer.innerHTML !== part.innerHTML) exchange(part, newer);
  }
}

export function keepFresh() {
  setInterval(() => {
    if (document.visibilityState === "visible") refresh().catch(() => {});
  }, PAUSE);
}

/** Folded parts stay as the reader left them. */
function exchange(part, newer) {
  const open = [...part.querySelectorAll("details")].map((details) => details.open);
  part.replaceChildren(...newer.childNodes);
  part.querySelectorAll("details").forEach((details, index) => {
    if (index < open.length) details.open = open[index];
  });
}
