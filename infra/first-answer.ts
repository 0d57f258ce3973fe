import { setTimeout as pause } from 'node:timers/promises';

export interface Asking {
  readonly limitMs: number;
  readonly pauseMs: number;
}

/**
 * Asks again until there is an answer: for programs that wait for an app to come so far. What is thrown ends it.
 *
 * @returns undefined where there was none within the limit.
 */
export async function firstAnswer<T>(
  ask: () => Promise<T | undefined>,
  { limitMs, pauseMs }: Asking,
): Promise<T | undefined> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || Date.now() > deadline) return answer;
    await pause(pauseMs);
  }
}
