import { z } from 'zod';
import { GrantType } from '../grant-type.ts';

const Token = z.string().min(1).max(4_000);

/** What names a session: its refresh token, as OAuth sends it (RFC 6749, section 6). */
export const SentRefreshToken = z.strictObject({ grant_type: GrantType, refresh_token: Token });

/** The same to end it, where OAuth calls it `token` (RFC 7009, section 2.1); what kind of token it is we see ourselves. */
export const RevokedToken = z
  .strictObject({
    ...SentRefreshToken.shape,
    refresh_token: Token.optional(),
    token: Token.optional(),
    token_type_hint: z.string().max(100).optional(),
  })
  .refine(({ refresh_token, token }) => (refresh_token === undefined) !== (token === undefined), {
    error: 'send the refresh token, as refresh_token or as token',
  });
