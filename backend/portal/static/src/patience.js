/** Looking again and again for something that takes its time. */

const PAUSE = 1_000;
const PATIENCE = 120;

/** What `look` first finds; null if it finds nothing in so many tries. A look that fails is tried again like any other. */
export async function repeatedly(look, tries = PATIENCE) {
  for (let left = tries; left > 0; left -= 1) {
    const found = await look().catch(() => null);
    if (found) return found;
    await new Promise((resume) => setTimeout(resume, PAUSE));
  }
  return null;
}
