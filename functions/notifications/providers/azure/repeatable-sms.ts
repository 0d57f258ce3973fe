import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import type { Clock } from '../../../../shared/clock.ts';

/** So long the service remembers a request. Source: https://learn.microsoft.com/rest/api/communication/repeatable-requests */
const rememberedMs = 5 * 60_000;
/** A request takes its time, and clocks differ. */
const marginMs = 30_000;

const [idHeader, sinceHeader] = ['repeatability-request-id', 'repeatability-first-sent'] as const;

const SendRequest = z.looseObject({ smsRecipients: z.array(z.looseObject({})) });

/** Says by which key the service is to tell a second attempt, and since when there may have been a first. */
export function keyHeaders(key: string, since: string) {
  return { customHeaders: { [idHeader]: key, [sinceHeader]: new Date(since).toUTCString() } };
}

/**
 * The service tells a repeated request by an id in it, and the library makes a new one for each call: so a second attempt would be
 * another message. This puts the key in its place. What is older than the service remembers keeps the new id of the library: the old
 * one would only be refused (412).
 */
export function keepingTheKey(clock: Clock): PipelinePolicy {
  return {
    name: 'keepingTheKey',
    sendRequest(request, next) {
      const id = request.headers.get(idHeader);
      const since = request.headers.get(sinceHeader);
      for (const header of [idHeader, sinceHeader]) request.headers.delete(header);
      if (
        id !== undefined &&
        since !== undefined &&
        clock.now().getTime() - Date.parse(since) < rememberedMs - marginMs
      ) {
        const { smsRecipients, ...rest } = SendRequest.parse(JSON.parse(String(request.body)));
        const repeatable = { repeatabilityRequestId: id, repeatabilityFirstSent: since };
        request.body = JSON.stringify({
          ...rest,
          smsRecipients: smsRecipients.map((to) => ({ ...to, ...repeatable })),
        });
      }
      return next(request);
    },
  };
}
