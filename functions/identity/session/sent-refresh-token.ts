import { z } from 'zod';

/** What names a session: its refresh token, as OAuth sends it (RFC 6749, section 6). */
export const SentRefreshToken = z.strictObject({
  grant_type: z.literal('refresh_token').optional(),
  refresh_token: z.string().min(1).max(4_000),
});
