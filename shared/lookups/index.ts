import { AddressOfOrder } from './address-of-order.ts';
import { ContactOfUser } from './contact-of-user.ts';
import type { LookupContract } from './define-lookup.ts';
import { DeletedUser } from './deleted-user.ts';

/** Every question that services ask each other: each has one that answers it. */
export const lookups: readonly LookupContract[] = [AddressOfOrder, ContactOfUser, DeletedUser];
