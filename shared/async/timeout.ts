/**
 * The answer, where it comes in time. What is asked goes on regardless: nobody waits for it any longer.
 *
 * @example
 * const answer = await withTimeout(fetch('https://example.com'), 5_000);
 *
 * @throws Error after `timeoutMs`.
 */
export function withTimeout<T>(answer: Promise<T>, timeoutMs: number): Promise<T> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const silence = new Promise<never>((_, reject) => {
    timeout.addEventListener('abort', () => reject(new Error(`no answer within ${timeoutMs} ms`)));
  });
  return Promise.race([answer, silence]);
}
