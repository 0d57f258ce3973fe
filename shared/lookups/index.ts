import { AccountLink } from './account-link.ts';
import { AddressOfOrder } from './address-of-order.ts';
import { ConsentOfCustomer } from './consent-of-customer.ts';
import { ContactOfCustomer } from './contact-of-customer.ts';
import { ContactOfUser } from './contact-of-user.ts';
import type { LookupContract } from './define-lookup.ts';
import { DeletedUser } from './deleted-user.ts';
import { EmailToVerify } from './email-to-verify.ts';

/** Every question that services ask each other: each has one that answers it. */
export const lookups: readonly LookupContract[] = [
  AccountLink,
  AddressOfOrder,
  ConsentOfCustomer,
  ContactOfCustomer,
  ContactOfUser,
  DeletedUser,
  EmailToVerify,
];
