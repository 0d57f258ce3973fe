import type { Endpoint } from '../../capabilities/endpoint.ts';
import type { DecidedLater } from '../../capabilities/endpoints/decided-later.ts';
import { etagOf } from '../../http/answer.ts';
import type { OutgoingResponse } from '../../http/incoming.ts';
import { encoderOf } from '../../http/often-used.ts';
import type { HeldRequests } from '../../runtime/held-requests.ts';
import { untilDecided, type WaitingPlace } from './until-decided.ts';

/** A wait ends so long before the request's time is up, which leaves an answer. */
const spareMs = 1_000;

/** How many seconds somebody would wait, and until when the answer has to be there: milliseconds since the epoch. */
export interface Waiting extends WaitingPlace {
  readonly preferred: number;
  readonly timeUpAt: number;
  readonly heldRequests: HeldRequests;
}

/**
 * The answer as it is once it is decided, or the time is up; the answer at once, where as many requests are held as may be.
 * Source: https://www.rfc-editor.org/rfc/rfc7240
 */
export async function waitAsPreferred(
  { decidedLater, answers }: Pick<Endpoint, 'answers'> & { readonly decidedLater: DecidedLater<unknown> },
  response: OutgoingResponse,
  { preferred, timeUpAt, heldRequests, ...place }: Waiting,
): Promise<OutgoingResponse> {
  const { status, headers, body } = response;
  const { [status]: schema } = answers;
  if (schema === undefined || typeof body !== 'string' || heldRequests.isFull) return response;

  const now = place.clock.now().getTime();
  const seconds = Math.max(0, Math.min(preferred, Math.floor((timeUpAt - spareMs - now) / 1_000)));
  const answered = { view: schema.parse(JSON.parse(body)), isRepeat: 'idempotency-replayed' in headers };
  const until = now + seconds * 1_000;
  const shown = await heldRequests.whileWaiting(() => untilDecided(decidedLater, answered, until, place));
  const applied = { ...headers, 'preference-applied': `wait=${seconds}` };
  if (shown === undefined) return { ...response, headers: applied };
  return {
    status,
    headers: { ...applied, etag: etagOf(shown.version) },
    body: JSON.stringify(encoderOf(schema)(shown.view)),
  };
}
