import type { Endpoint } from '../../capabilities/endpoint.ts';
import { etagOf } from '../../http/answer.ts';
import type { IncomingRequest, OutgoingResponse } from '../../http/incoming.ts';
import { preferredWait } from '../../http/prefer.ts';
import { untilDecided, type WaitingPlace } from './until-decided.ts';

/** A wait ends so long before the request's time is up, which leaves an answer. */
const spareMs = 1_000;

/**
 * So many requests of a process wait at once, of the hundred that the Functions host lets in (`maxConcurrentRequests` in host.json): the
 * others are for whoever does not wait. Whoever comes then is answered as if they had not asked for it.
 */
const mostWaiting = 75;

/** Who waits for an answer, and until when it has to be there: milliseconds since the epoch. */
export interface Waiting extends WaitingPlace {
  readonly request: Pick<IncomingRequest, 'headers'>;
  readonly timeUpAt: number;
}

/**
 * The answer as it is once it is decided, for whoever prefers to wait for that; for all others, the answer.
 * Source: https://www.rfc-editor.org/rfc/rfc7240
 */
export async function waitAsPreferred(
  { decidedLater, answers }: Pick<Endpoint, 'decidedLater' | 'answers'>,
  response: OutgoingResponse,
  { request, timeUpAt, ...place }: Waiting,
): Promise<OutgoingResponse> {
  const { status, headers, body } = response;
  const { [status]: schema } = answers;
  const preferred = preferredWait(request.headers.get('prefer'));
  if (decidedLater === undefined || preferred === undefined) return response;
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
    body: JSON.stringify(schema.encode(shown.view)),
  };
}
