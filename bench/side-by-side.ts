/** What one stretch of each measured. */
export interface Pair<Stretch> {
  readonly ours: Stretch;
  readonly theirs: Stretch;
}

/** Long enough that a pause of a garbage collection does not fill it, and short against how a machine's speed wanders. */
const stretchMs = 250;
const fewestPairs = 3;

/**
 * Measures two things in many short stretches, side by side, for `windowMs` each, after a warm-up of as much (what does more is
 * compiled later). A machine's speed wanders by more than the two differ, and within a pair it does so least. Which of them comes
 * first changes from pair to pair, so that neither always has to do what the other left behind.
 */
export async function sideBySide<Stretch>(
  ours: (forMs: number) => Promise<Stretch>,
  theirs: (forMs: number) => Promise<Stretch>,
  windowMs: number,
): Promise<readonly Pair<Stretch>[]> {
  await theirs(windowMs);
  await ours(windowMs);
  const count = Math.max(fewestPairs, Math.round(windowMs / stretchMs));
  const forMs = windowMs / count;
  const pairs: Pair<Stretch>[] = [];
  while (pairs.length < count) {
    if (pairs.length % 2 === 0) pairs.push({ ours: await ours(forMs), theirs: await theirs(forMs) });
    else pairs.push({ theirs: await theirs(forMs), ours: await ours(forMs) });
  }
  return pairs;
}
