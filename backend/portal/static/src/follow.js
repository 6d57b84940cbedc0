/** Following a ballot that was sent: taken in by the network, then counted by the consortium's own records. */

const PAUSE = 1_000;
const PATIENCE = 120;

/** Wait until the network has taken the transaction in; null if that takes too long. */
export function awaitReceipt(account, transaction) {
  return repeatedly(() => account.receipt(transaction));
}

/**
 * Wait until the records show the member's ballot, whichever transaction brought it; null if that takes too long.
 * @param {{transaction_hash: string} | null} before the ballot that this one replaces
 */
export function awaitCount(box, memberId, before) {
  return repeatedly(async () => {
    const found = await countedBallot(box, memberId);
    return found && found.transaction_hash !== before?.transaction_hash ? found : null;
  });
}

/** The member's ballot as the page shows it: choice and time in the reader's words. */
export function ballotOf(memberId) {
  const row = document.querySelector(`tr[data-member="${Number(memberId)}"]`);
  return row ? { choice: row.dataset.choice, when: row.querySelector("time")?.textContent } : null;
}

/** The member's ballot as the records have it, or null. */
export async function countedBallot(box, memberId) {
  let cursor = null;
  do {
    const query = new URLSearchParams({ governor: box.governor, limit: "100", ...(cursor && { cursor }) });
    const answer = await fetch(`/v1/proposals/${box.proposalId}/ballots?${query}`, { cache: "no-store" });
    if (!answer.ok) return null;
    const page = await answer.json();
    const own = page.items.find((ballot) => ballot.member.id === memberId);
    if (own) return own;
    cursor = page.next_cursor;
  } while (cursor);
  return null;
}

async function repeatedly(ask) {
  for (let tries = 0; tries < PATIENCE; tries += 1) {
    const found = await ask().catch(() => null);
    if (found) return found;
    await new Promise((resume) => setTimeout(resume, PAUSE));
  }
  return null;
}
