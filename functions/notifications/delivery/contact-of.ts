import { ContactOfCustomer } from '../../../shared/lookups/contact-of-customer.ts';
import { ContactOfUser } from '../../../shared/lookups/contact-of-user.ts';
import type { Lookup } from '../../../shared/lookups/define-lookup.ts';
import { DeletedUser } from '../../../shared/lookups/deleted-user.ts';

/** How somebody is reached and addressed, as far as anybody knows. */
export interface Contact {
  readonly email?: string | undefined;
  readonly telephone?: string | undefined;
  readonly name?: string | undefined;
  readonly locale?: string | undefined;
}

/** As it is now: what they say as a user, and what is noted of them as a customer. Of somebody who is deleted, that they are gone. */
export async function contactOf(recipientId: string, lookup: Lookup): Promise<Contact | 'gone'> {
  const user = await lookup(ContactOfUser, { userId: recipientId });
  if (user?.telephone !== undefined) return user;
  if (user === undefined && (await lookup(DeletedUser, { userId: recipientId })) !== undefined) return 'gone';
  return { ...(await lookup(ContactOfCustomer, { customerId: recipientId })), ...user };
}
