import { Problem } from '../http/problems/problem.ts';

/**
 * Waits for the work no longer than `limitMs`. What is under way then goes on, unheard: a commit that was sent cannot be
 * called back. The signal is aborted then, so that the work begins nothing more.
 *
 * @throws Problem 503 when the time is up, and what the work throws before.
 */
export async function withinTime<T>(limitMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const problem = tookTooLong(limitMs);
      ending.abort(problem);
      reject(problem);
    }, limitMs);
  });
  try {
    return await Promise.race([work(ending.signal), timeUp]);
  } finally {
    clearTimeout(timer);
  }
}

function tookTooLong(limitMs: number): Problem {
  return new Problem(
    503,
    'timed-out',
    `This took longer than ${limitMs / 1_000} s, so the outcome is unknown. Repeat the request with the same Idempotency-Key.`,
    { headers: { 'retry-after': '1' } },
  );
}
