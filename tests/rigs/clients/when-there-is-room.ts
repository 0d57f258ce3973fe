import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from './api-client.ts';

/**
 * Sends a request again for as long as it is answered that there is no room for it (`overloaded`), when it is told to: as a client should, not
 * all of them at the same moment.
 */
export async function whenThereIsRoom<T>(send: () => Promise<Answer<T>>): Promise<Answer<T>> {
  for (;;) {
    const answer = await send();
    if (answer.status !== 503 || !JSON.stringify(answer.body).includes('/problems/overloaded')) return answer;
    await pause(Number(answer.headers.get('retry-after')) * 1_000 * (1 + Math.random()));
  }
}
