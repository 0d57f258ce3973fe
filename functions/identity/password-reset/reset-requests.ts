import { z } from 'zod';
import { dueAtOnce } from '../../../shared/model/due-at-once.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { lastHour, mayMail } from '../mailed-links/mailed-links.ts';

const secondsInDay = 86_400;

const Asked = z.object({ requestId: z.string(), secretHash: z.string(), at: z.iso.datetime() });
export type AskedReset = z.infer<typeof Asked>;

/**
 * That a new password was asked for, in the boundary of the address, whether it is somebody's or not. Whose it is, is looked at only
 * once the request was answered: so its answer takes the same work for everybody.
 */
export const ResetRequests = defineProjection({
  kind: 'reset-requests',
  state: z.object({
    /** When, within the last hour. */
    times: z.array(z.iso.datetime()),
    /** Those that nobody has looked at yet. */
    asked: z.array(Asked),
    dueAt: z.iso.datetime().optional(),
    ttl: z.int(),
  }),
});
export type ResetRequestsState = ReturnType<typeof ResetRequests.parse>;

/** With one more; as it was, where the address has had enough mails: nobody is told. */
export function withRequest(
  requests: ResetRequestsState | undefined,
  asked: AskedReset,
  now: Date,
): ResetRequestsState | undefined {
  const times = lastHour(requests?.times ?? [], now);
  if (!mayMail(times, now)) return undefined;
  return {
    times: [...times, asked.at],
    asked: [...(requests?.asked ?? []), asked],
    dueAt: dueAtOnce(now, requests?.dueAt),
    ttl: secondsInDay,
  };
}

/** Once they were looked at. */
export function lookedAt({ times, ttl }: ResetRequestsState): ResetRequestsState {
  return { times, asked: [], ttl };
}
