/**
 * The answer, where it comes in time. What is asked goes on regardless: nobody waits for it any longer.
 *
 * @example
 * const answer = await withTimeout(fetch('https://example.com'), 5_000);
 *
 * @throws Error after `timeoutMs`.
 */
export async function withTimeout<T>(answer: Promise<T>, timeoutMs: number): Promise<T> {
  if (await settlesWithin(answer, timeoutMs)) return answer;
  throw new Error(`no answer within ${timeoutMs} ms`);
}

/** Whether the work is over in time; it goes on regardless. @throws what the work throws in time. */
export function settlesWithin(work: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const silence = new Promise<false>((settle) => timeout.addEventListener('abort', () => settle(false)));
  return Promise.race([work.then(() => true), silence]);
}
