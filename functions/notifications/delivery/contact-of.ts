import { ContactOfUser } from '../../../shared/lookups/contact-of-user.ts';
import type { Lookup } from '../../../shared/lookups/define-lookup.ts';
import { DeletedUser } from '../../../shared/lookups/deleted-user.ts';

/** How somebody is reached, as it is now: as a user; nothing where nobody knows. */
export function contactOf(recipientId: string, lookup: Lookup) {
  return lookup(ContactOfUser, { userId: recipientId });
}

/** Whether there is nobody any more who could be reached. */
export async function isGone(recipientId: string, lookup: Lookup): Promise<boolean> {
  return (await lookup(DeletedUser, { userId: recipientId })) !== undefined;
}
