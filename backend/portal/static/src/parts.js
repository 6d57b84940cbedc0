/** Lists come in parts: what needs all of one asks until there is no next. */

/**
 * @param {(path: string) => Promise<object|null>} get
 * @returns a list whole; any other answer as it is; null where a part of it cannot be had
 */
export async function allParts(path, get) {
  const answer = await get(path);
  const sign = path.includes("?") ? "&" : "?";
  for (let cursor = answer?.next_cursor; cursor; ) {
    const part = await get(`${path}${sign}cursor=${encodeURIComponent(cursor)}`);
    if (!part) return null;
    answer.items.push(...part.items);
    cursor = part.next_cursor;
  }
  return answer;
}
