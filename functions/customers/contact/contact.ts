import { z } from 'zod';
import { hashOf } from '../../../shared/ids.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import type { ProfileState } from '../customer/profile.ts';

/** How somebody is reached, in the one form that we know it in. */
export interface Contact {
  readonly kind: 'email' | 'phone';
  readonly value: string;
}

/**
 * Whose a contact is. It is made before the record is, and holds only the id that the record will have: two who register
 * somebody at once want to create the same document. Where two records have one contact all the same, the first has the claim.
 */
export const ContactClaim = defineProjection({
  kind: 'claim',
  state: z.object({ customerId: z.string(), claimedAt: z.iso.datetime() }),
});
export type ContactClaimState = ReturnType<typeof ContactClaim.parse>;

/** The contacts in a profile, in the order in which everybody claims them. */
export function contactsOf({ email, phone }: ProfileState): readonly Contact[] {
  return [
    ...(email === undefined ? [] : [{ kind: 'email', value: email } as const]),
    ...(phone === undefined ? [] : [{ kind: 'phone', value: phone } as const]),
  ];
}

/** Whether a profile has that contact. */
export function hasContact(profile: ProfileState, { kind, value }: Contact): boolean {
  return profile[kind] === value;
}

/** The contacts of the one profile that the other has not. */
export function contactsBesides(profile: ProfileState, other: ProfileState): readonly Contact[] {
  return contactsOf(profile).filter((contact) => !hasContact(other, contact));
}

/** What stands for a contact in ids and boundaries: a hash, so that the names of documents tell nobody's address. */
export function contactKey({ kind, value }: Contact): string {
  return hashOf([kind, value]);
}

export function contactBoundary(contact: Contact): string {
  return `contact:${contactKey(contact)}`;
}
