import { z } from 'zod';
import type { OngoingSession } from './ongoing-sessions.ts';

/** A session that goes on, as its owner and admins see it. */
export const SessionView = z
  .object({
    id: z.uuid(),
    device: z.string().describe('What the program said that it is, at the login: `Firefox on Windows`, `curl`'),
    started_at: z.iso.datetime(),
    last_used_at: z.iso.datetime().describe('When tokens were last given out for it, by logging in or refreshing'),
    expires_at: z.iso.datetime().describe('When it ends, unless it is used before; never past its end for good'),
    is_current: z.boolean().describe('Whether the token of this request is of it'),
  })
  .meta({
    id: 'Session',
    example: {
      id: '01a20947-a59f-76f9-837c-cc7d43945ad3',
      device: 'Firefox on Windows',
      started_at: '2026-11-22T10:00:00.000Z',
      last_used_at: '2026-11-22T16:30:00.000Z',
      expires_at: '2026-12-22T16:30:00.000Z',
      is_current: true,
    },
  });

/** All sessions of somebody: they are few, so there is one page of them. */
export const SessionList = z.object({ items: z.array(SessionView) }).meta({ id: 'SessionList' });

/** Sessions as an answer shows them, the one that was used last first. */
export function viewOfSessions(
  sessions: readonly OngoingSession[],
  current: string | undefined,
): z.infer<typeof SessionList> {
  const views = sessions.map(({ sessionId: id, device, startedAt, lastUsedAt, expiresAt }) => ({
    id,
    device,
    started_at: startedAt,
    last_used_at: lastUsedAt,
    expires_at: expiresAt,
    is_current: id === current,
  }));
  return { items: views.toSorted((one, other) => other.last_used_at.localeCompare(one.last_used_at)) };
}
