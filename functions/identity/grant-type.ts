import { z } from 'zod';
import { rejectContent } from '../../shared/model/rejection.ts';

/** What an OAuth client says that it has to show for tokens; who is no OAuth client leaves it out. */
export const GrantType = z.string().max(100).optional();

/** @throws Rejection unsupported-grant-type for what is to be had elsewhere, or nowhere (RFC 6749, section 5.2). */
export function refuseOtherGrant(sent: string | undefined, taken: 'password' | 'refresh_token'): void {
  if (sent === undefined || sent === taken) return;
  throw rejectContent('unsupported-grant-type', `here grant_type is ${taken}, or left out`);
}
