const longest = 1_000;
/** What lies deeper is not looked at: no contract does. */
const deepest = 16;

/**
 * The data with the beginnings of lists that are very long; nothing where none is. A schema collects whatever is wrong, and a
 * megabyte has room for a million mistakes: looked at first, the beginnings bound what that costs.
 */
export function beginningsOf(data: unknown): unknown {
  return hasLongList(data, 0) ? shortened(data, 0) : undefined;
}

/** Asked of every event: so without any list of its own. */
function hasLongList(data: unknown, depth: number): boolean {
  if (typeof data !== 'object' || data === null || depth === deepest) return false;
  if (Array.isArray(data)) return data.length > longest || data.some((item) => hasLongList(item, depth + 1));
  for (const name in data) if (hasLongList(Reflect.get(data, name), depth + 1)) return true;
  return false;
}

function shortened(data: unknown, depth: number): unknown {
  if (typeof data !== 'object' || data === null || depth === deepest) return data;
  if (Array.isArray(data)) return data.slice(0, longest).map((item) => shortened(item, depth + 1));
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, shortened(value, depth + 1)]));
}
