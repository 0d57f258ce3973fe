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
 * somebody at once want to create the same document. Where two records have one contact all the same, the first has the claim, and
 * the next one when the first is gone.
 */
export const ContactClaim = defineProjection({
  kind: 'claim',
  state: z.object({
    customerId: z.string(),
    claimedAt: z.iso.datetime(),
    /** Who was registered with it besides, in their order: not all of very many. */
    others: z.array(z.string()).optional(),
  }),
});
export type ContactClaimState = ReturnType<typeof ContactClaim.parse>;

const mostOthers = 100;

/** Whose a contact is, and who has it besides. */
export function haveClaimed({ customerId, others = [] }: ContactClaimState): readonly string[] {
  return [customerId, ...others];
}

/** A claim that somebody else has, too, beside whose it is. */
export function joined(claim: ContactClaimState, customerId: string): ContactClaimState {
  if (haveClaimed(claim).includes(customerId)) return claim;
  return { ...claim, others: [...(claim.others ?? []), customerId].slice(0, mostOthers) };
}

/** A claim without somebody who has the contact no more: the next one's where it was theirs, and nothing where there is none. */
export function left(claim: ContactClaimState, customerId: string): ContactClaimState | undefined {
  const [first, ...others] = haveClaimed(claim).filter((id) => id !== customerId);
  return first === undefined ? undefined : { ...claim, customerId: first, others };
}

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
