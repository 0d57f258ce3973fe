import { z } from 'zod';
import { defineLookup } from './define-lookup.ts';

/**
 * Whether a user has still to show that their address is theirs before they may do what is for those who have; nothing where nobody asks
 * for that, and of whom we have no account.
 */
export const EmailToVerify = defineLookup({
  name: 'email-to-verify',
  input: z.strictObject({ userId: z.string().min(1).max(128) }),
  output: z.strictObject({ isVerified: z.boolean() }),
});
