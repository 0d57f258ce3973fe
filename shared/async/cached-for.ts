import type { Clock } from '../clock.ts';

/** Asks at most once in `freshMs`: whoever asks meanwhile gets the same answer, or the same failure. */
export function cachedFor<T>(ask: () => Promise<T>, freshMs: number, clock: Clock): () => Promise<T> {
  let known: { readonly at: number; readonly answer: Promise<T> } | undefined;
  return () => {
    const now = clock.now().getTime();
    if (known === undefined || now - known.at >= freshMs) known = { at: now, answer: ask() };
    return known.answer;
  };
}
