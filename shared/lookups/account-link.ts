import { z } from 'zod';
import { defineLookup } from './define-lookup.ts';

/** What a link is for. What is good for one is worth nothing for another. */
export const LinkPurpose = z.enum(['password-reset', 'email-verification']);
export type LinkPurpose = z.infer<typeof LinkPurpose>;

/**
 * The link that a mail to a user was asked for with. Whoever has it may act for the user: so it is in no event and no document, and is made anew
 * while the mail is sent. Nothing where it would be of no use any more: used, too late, or its user gone.
 */
export const AccountLink = defineLookup({
  name: 'account-link',
  input: z.strictObject({
    userId: z.string().min(1).max(128),
    /** What it is to do. */
    purpose: LinkPurpose,
    requestId: z.string().min(1).max(128),
  }),
  output: z.strictObject({ link: z.url(), expiresAt: z.iso.datetime() }),
});
