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
export async function settlesWithin(work: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  const silence = Promise.withResolvers<false>();
  // It keeps neither a process from ending nor, once the work is over, anything in memory.
  const timer = setTimeout(() => silence.resolve(false), timeoutMs).unref();
  try {
    return await Promise.race([work.then(() => true), silence.promise]);
  } finally {
    clearTimeout(timer);
  }
}
