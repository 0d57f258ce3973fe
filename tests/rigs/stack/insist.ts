import { randomUUID } from 'node:crypto';
import type { Answer, CallOptions } from '../clients/api-client.ts';
import { eventually } from './eventually.ts';

/** Repeats a request under one Idempotency-Key until somebody answers who is not in trouble: as a client should. */
export function insist<T>(
  request: (options: CallOptions) => Promise<Answer<T>>,
  idempotencyKey: string = randomUUID(),
): Promise<Answer<T>> {
  return eventually(async () => {
    const answer = await request({ idempotencyKey });
    if (answer.status >= 500) throw new Error(`answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer;
  }, 20_000);
}
