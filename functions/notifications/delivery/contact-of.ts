import { ContactOfUser } from '../../../shared/lookups/contact-of-user.ts';
import type { Lookup } from '../../../shared/lookups/define-lookup.ts';

/** How somebody is reached: as a user; nothing where nobody knows. */
export function contactOf(recipientId: string, lookup: Lookup) {
  return lookup(ContactOfUser, { userId: recipientId });
}
