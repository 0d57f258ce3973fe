import type { Endpoint } from '../../capabilities/endpoint.ts';
import type { DecidedLater } from '../../capabilities/endpoints/decided-later.ts';
import { etagOf } from '../../http/answer.ts';
import type { OutgoingResponse } from '../../http/incoming.ts';
import { encoderOf } from '../../http/often-used.ts';
import { untilDecided, type WaitingPlace } from './until-decided.ts';

/** A wait ends so long before the request's time is up, which leaves an answer. */
const spareMs = 1_000;

/**
 * So many requests of a process wait at once, of the hundred that the Functions host lets in (`maxConcurrentRequests` in host.json): the
 * others are for whoever does not wait. Whoever comes then is answered as if they had not asked for it.
 */
const mostWaiting = 75;

/** How many seconds somebody would wait, and until when the answer has to be there: milliseconds since the epoch. */
export interface Waiting extends WaitingPlace {
  readonly preferred: number;
  readonly timeUpAt: number;
}

/**
 * The answer as it is once it is decided, or the time is up; the answer at once, where as many wait as may.
 * Source: https://www.rfc-editor.org/rfc/rfc7240
 */
export async function waitAsPreferred(
  { decidedLater, answers }: Pick<Endpoint, 'answers'> & { readonly decidedLater: DecidedLater<unknown> },
  response: OutgoingResponse,
  { preferred, timeUpAt, ...place }: Waiting,
): Promise<OutgoingResponse> {
  const { status, headers, body } = response;
  const { [status]: schema } = answers;
  if (schema === undefined || typeof body !== 'string' || place.commitWatch.size >= mostWaiting) return response;

  const now = place.clock.now().getTime();
  const seconds = Math.max(0, Math.min(preferred, Math.floor((timeUpAt - spareMs - now) / 1_000)));
  const answered = { view: schema.parse(JSON.parse(body)), isRepeat: 'idempotency-replayed' in headers };
  const shown = await untilDecided(decidedLater, answered, now + seconds * 1_000, place);
  const applied = { ...headers, 'preference-applied': `wait=${seconds}` };
  if (shown === undefined) return { ...response, headers: applied };
  return {
    status,
    headers: { ...applied, etag: etagOf(shown.version) },
    body: JSON.stringify(encoderOf(schema)(shown.view)),
  };
}
