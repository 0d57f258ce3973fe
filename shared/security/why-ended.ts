import { withTimeout } from '../async/timeout.ts';
import type { Clock } from '../clock.ts';

/** How old an answer may be: `now` is asked for anew, `recent` is at most half a minute old while there are answers. */
export type Freshness = 'now' | 'recent';

/** Why a token counts no longer although it has not expired, in words for its holder; `undefined` while it counts. */
export type WhyEnded = (freshness: Freshness) => Promise<string | undefined>;

const recentMs = 30_000;
/** So long what was known counts while nobody answers: who knows the answer may be away. */
const longestMs = 5 * 60_000;
/** So long an answer is waited for by whoever could go by what was known. */
const patienceMs = 1_000;

/**
 * Whether one token still counts, asked at most once in half a minute however often the token comes, and by one at a time.
 * Where the answer does not come, what was known counts for five minutes; not for who needs to know `now`.
 *
 * The function throws what `ask` throws.
 */
export function cachedWhyEnded(ask: () => Promise<string | undefined>, clock: Pick<Clock, 'now'>): WhyEnded {
  let known: { readonly at: number; readonly reason: string | undefined } | undefined;
  let asking: Promise<string | undefined> | undefined;
  const askNow = async () => {
    const at = clock.now().getTime();
    const reason = await ask();
    if (known === undefined || known.at <= at) known = { at, reason };
    return reason;
  };
  return async (freshness) => {
    // Not by an answer under way: it may have been read before what this caller was told of.
    if (freshness === 'now') return askNow();
    const before = known;
    const age = clock.now().getTime() - (before?.at ?? 0);
    if (before !== undefined && age < recentMs) return before.reason;
    asking ??= askNow().finally(() => {
      asking = undefined;
    });
    if (before === undefined || age >= longestMs) return asking;
    // Whoever keeps the answers tells of it in their health; until then what was known is the best there is.
    return withTimeout(asking, patienceMs).catch(() => before.reason);
  };
}
