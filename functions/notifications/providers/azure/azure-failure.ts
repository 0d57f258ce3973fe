import type { RestError } from '@azure/core-rest-pipeline';
import type { ProviderAnswer } from '../../../../shared/capabilities/effect.ts';

/** Azure Communication Services did not do what it was asked for. What it wrote stays out of the text, since it quotes addresses. */
export class CommunicationError extends Error {
  override readonly name = 'CommunicationError';
}

/** As the library tells it, which is not loaded for that: its hundred modules would be at every start, mail or none. */
export function isRestError(error: unknown): error is RestError {
  return error instanceof Error && error.name === 'RestError';
}

/** Where it says nothing. */
const usualPauseMs = 30_000;
/** Its quotas are by the minute and by the hour. */
const [shortestPauseMs, longestPauseMs] = [1_000, 3_600_000];

/**
 * What a failed request means for every message alike: a pause where there were too many; all else is between us and the service,
 * such as a sender that it does not know or a role that we do not have, and may pass or be mended.
 *
 * @throws CommunicationError
 */
export function afterFailedRequest(error: unknown): ProviderAnswer {
  if (!isRestError(error)) throw new CommunicationError(`no answer (${nameOf(error)})`, { cause: error });
  const { statusCode, code = 'no code', response } = error;
  if (statusCode === 429) return { kind: 'busy', retryAfterMs: pauseOf(response?.headers.get('retry-after')) };
  throw new CommunicationError(
    statusCode === undefined ? `no answer (${code})` : `the service said ${statusCode} (${code})`,
  );
}

/** How long to wait, from a header `Retry-After`, which the service has in seconds. */
export function pauseOf(retryAfter: string | undefined): number {
  const pauseMs = Number(retryAfter ?? Number.NaN) * 1_000;
  return Number.isNaN(pauseMs) ? usualPauseMs : Math.min(longestPauseMs, Math.max(shortestPauseMs, pauseMs));
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'no error';
}
