import { z } from 'zod';
import type { ProviderAnswer } from '../../../../shared/capabilities/effect.ts';
import { suppressed } from '../mail-provider.ts';
import { pauseOf } from './azure-failure.ts';

/** What the service says of the operation that sends a mail: `NotStarted` and `Running` come before one of these. */
const SendResult = z.object({
  status: z.string(),
  error: z.object({ code: z.string().optional() }).optional(),
});

/** One answer of the service, as the library hands it on. */
export interface ServiceAnswer {
  readonly status: number;
  readonly headers: { readonly get: (name: string) => string | undefined };
  readonly parsedBody?: unknown;
}

/** Its own list of addresses that have bounced, or have complained, has all of the recipients. */
const isSuppressed = 'EmailDroppedAllRecipientsSuppressed';

/** What became of a mail that the service has taken, by the last that it said; where it said nothing of use, it is still at it. */
export function progressOf(key: string, answer: ServiceAnswer | undefined): ProviderAnswer {
  const { data } = SendResult.safeParse(answer?.parsedBody);
  const { status, error: { code = 'no code' } = {} } = data ?? { status: 'unknown' };
  if (status === 'Succeeded') return { kind: 'done', reference: key };
  if (status === 'Failed' || status === 'Canceled')
    return {
      kind: 'refused',
      reason: code === isSuppressed ? suppressed : `the service has ended it: ${status} (${code})`,
    };
  return { kind: 'under-way', retryAfterMs: pauseOf(answer?.headers.get('retry-after')) };
}
