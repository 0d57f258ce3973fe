import { Problem } from '../http/problems/problem.ts';

/**
 * Waits for the work no longer than `limitMs`. What is under way then goes on, unheard: a commit that was sent cannot be
 * called back. The work can ask whether it was given up, and begin nothing more.
 *
 * @throws Problem 503 when the time is up, and what the work throws before.
 */
export async function withinTime<T>(limitMs: number, work: (isGivenUp: () => boolean) => Promise<T>): Promise<T> {
  let isGivenUp = false;
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isGivenUp = true;
      reject(tookTooLong(limitMs));
    }, limitMs);
  });
  try {
    return await Promise.race([work(() => isGivenUp), timeUp]);
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
