/** The answer, where it comes in time. What is asked goes on regardless: nobody waits for it any longer. @throws Error */
export function withPatience<T>(answer: Promise<T>, patienceMs: number): Promise<T> {
  const patience = AbortSignal.timeout(patienceMs);
  const silence = new Promise<never>((_, reject) => {
    patience.addEventListener('abort', () => reject(new Error(`no answer within ${patienceMs} ms`)));
  });
  return Promise.race([answer, silence]);
}
