import { QueueFullError } from '../async/work-queue.ts';
import { BlobsUnavailableError } from '../blobs/blob-errors.ts';
import { BusUnavailableError } from '../bus/bus-unavailable.ts';
import { Problem } from '../http/problems/problem.ts';
import { Rejection, type RejectionKind } from '../model/rejection.ts';
import {
  MissingDocumentError,
  StaleStateError,
  StoreUnavailableError,
  TooLargeError,
} from '../persistence/documents/store-errors.ts';
import { OverloadedError } from '../runtime/admission/overloaded-error.ts';
import { InvalidTokenError, KeysUnreachableError } from '../security/token-issuer.ts';

const statusOf: Readonly<Record<RejectionKind, number>> = {
  content: 422,
  state: 409,
  absent: 404,
  forbidden: 403,
  precondition: 412,
  unauthenticated: 401,
  limited: 429,
};
const soon = { 'retry-after': '1' };

/** What a client is to hear of an error; of one that is not its business, no more than that. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Rejection) return problemOfRejection(error);
  if (error instanceof InvalidTokenError) {
    return new Problem(401, 'invalid-token', error.message, {
      headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    });
  }
  if (error instanceof KeysUnreachableError)
    return new Problem(503, 'issuer-unavailable', 'The keys of the token issuer are unreachable. Try again.', {
      headers: soon,
    });
  if (error instanceof MissingDocumentError) return new Problem(404, 'not-found', error.message);
  if (error instanceof TooLargeError) return new Problem(413, 'too-large', error.message);
  if (error instanceof StaleStateError) {
    return new Problem(503, 'contended', 'Too many concurrent changes of the same resource. Try again.', {
      headers: soon,
    });
  }
  if (error instanceof StoreUnavailableError) {
    const detail =
      'Cosmos DB did not answer, so the outcome is unknown. Repeat the request with the same Idempotency-Key.';
    return new Problem(503, 'unavailable', detail, { headers: soon });
  }
  if (error instanceof BlobsUnavailableError) {
    const detail = 'The storage of files did not answer, so the outcome is unknown. Repeat the request.';
    return new Problem(503, 'unavailable', detail, { headers: soon });
  }
  if (error instanceof QueueFullError)
    return new Problem(429, 'too-busy', 'Too many wait for the same work. Try again in a moment.', {
      headers: { 'retry-after': String(Math.ceil(error.retryAfterMs / 1_000)) },
    });
  if (error instanceof OverloadedError)
    return new Problem(503, 'overloaded', 'More is to be decided than can be in time. Nothing was done: try again.', {
      headers: { 'retry-after': String(Math.max(1, Math.ceil(error.retryAfterMs / 1_000))) },
    });
  if (error instanceof BusUnavailableError)
    return new Problem(503, 'bus-unavailable', 'Bus unreachable. Try again.', { headers: soon });
  return internalProblem();
}

function problemOfRejection({ code, message, kind, errors, retryAfterMs }: Rejection): Problem {
  const headers = {
    ...(kind === 'unauthenticated' ? { 'www-authenticate': 'Bearer' } : {}),
    ...(retryAfterMs === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) }),
  };
  return new Problem(statusOf[kind], code, message, { headers, ...(errors === undefined ? {} : { errors }) });
}

/** A bug, of which the client hears no more than that. */
export function internalProblem(): Problem {
  return new Problem(500, 'internal', 'Internal error. The trace id in `instance` leads to the log lines.');
}
