import { setTimeout as pause } from 'node:timers/promises';

/** Looks again and again until nothing is left to come, or as much has been left for `patienceMs`. */
export async function untilStill<Seen>(
  look: () => Promise<Seen> | Seen,
  left: (seen: Seen) => number,
  patienceMs: number,
): Promise<Seen> {
  let [fewest, since] = [Number.POSITIVE_INFINITY, performance.now()];
  for (;;) {
    const seen = await look();
    const now = left(seen);
    if (now === 0) return seen;
    if (now < fewest) [fewest, since] = [now, performance.now()];
    if (performance.now() - since > patienceMs) return seen;
    await pause(100);
  }
}
