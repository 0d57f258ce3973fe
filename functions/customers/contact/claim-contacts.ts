import { later } from '../../../shared/clock.ts';
import { reject } from '../../../shared/model/rejection.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import type { Settings } from '../../../shared/settings/settings.ts';
import { Customer, customerBoundary } from '../customer/customer.ts';
import { Profile } from '../customer/profile.ts';
import {
  type Contact,
  ContactClaim,
  type ContactClaimState,
  contactBoundary,
  contactKey,
  hasContact,
  joined,
} from './contact.ts';

/** Whoever has begun a commit is done with it by then: a function is stopped after five minutes. */
const longestCommitMs = 5 * 60_000;

interface Claiming {
  readonly now: Date;
  readonly settings: Pick<Settings, 'REQUEST_TIMEOUT'>;
  readonly reader: Reader;
  readonly unitOfWork: (boundary: string) => UnitOfWork;
  /** Whether somebody else may have the same contact: then theirs it stays, as long as they have it. */
  readonly allowDuplicate?: boolean | undefined;
  /** Whether the caller may hear whose it is. */
  readonly tellsWhose: boolean;
}

interface Claim {
  readonly contact: Contact;
  readonly work: UnitOfWork;
  readonly state: ContactClaimState | undefined;
  /** What the claim is worth; `absent` is that the record which it names is still to come, or never will. */
  readonly worth: 'none' | 'absent' | 'begun' | 'held';
  readonly give: (customerId: string) => void;
  /** Has somebody have it besides, who gets it when whose it is has gone. */
  readonly join: (customerId: string) => void;
}

/**
 * Claims contacts for a record that is there, at once: the caller commits its profile after this.
 *
 * @throws Rejection customer-exists
 */
export async function claimContacts(
  contacts: readonly Contact[],
  customerId: string,
  claiming: Claiming,
): Promise<void> {
  for (const claim of await claimsOf(contacts, customerId, claiming)) {
    const isTaken = claim.worth === 'held' || (claim.worth !== 'none' && isFresh(claim, claiming));
    if (isTaken) refuse(claim, claiming);
    claim.give(customerId);
    await claim.work.commit();
  }
}

/**
 * Claims contacts for a record that is about to be made, by commits before that of the record, and tells its id: that which an earlier claim names and which is still to
 * come, else the new one. So of two who register somebody at once both create the same record, and what a crash has left in between is
 * completed by registering again.
 *
 * @throws Rejection customer-exists
 */
export async function claimForNew(
  contacts: readonly Contact[],
  newCustomerId: string,
  claiming: Claiming,
): Promise<string> {
  const claims = await claimsOf(contacts, newCustomerId, claiming);
  const isTaken = (claim: Claim) => claim.worth === 'held' || (claim.worth === 'begun' && isFresh(claim, claiming));
  const taken = claims.find(isTaken);
  if (claiming.allowDuplicate) {
    for (const claim of claims) (isTaken(claim) ? claim.join : claim.give)(newCustomerId);
    return newCustomerId;
  }
  if (taken !== undefined) refuse(taken, claiming);
  const customerId = claims.findLast(({ worth }) => worth === 'absent')?.state?.customerId ?? newCustomerId;
  for (const claim of claims) claim.give(customerId);
  return customerId;
}

async function claimsOf(contacts: readonly Contact[], customerId: string, { now, reader, unitOfWork }: Claiming) {
  const claims: Claim[] = [];
  for (const contact of contacts) {
    const work = unitOfWork(contactBoundary(contact));
    const claim = await work.load(ContactClaim, contactKey(contact));
    const { current: state } = claim;
    claims.push({
      contact,
      work,
      state,
      worth: state === undefined || state.customerId === customerId ? 'none' : await worthOf(state, contact, reader),
      give(owner) {
        const others = state?.others?.filter((id) => id !== owner);
        claim.put({ customerId: owner, claimedAt: now.toISOString(), ...(others === undefined ? {} : { others }) });
      },
      join(other) {
        if (state !== undefined) claim.put(joined(state, other));
      },
    });
  }
  return claims;
}

async function worthOf(
  { customerId: id }: ContactClaimState,
  contact: Contact,
  reader: Reader,
): Promise<Claim['worth']> {
  const address = { boundary: customerBoundary(id), id };
  const [customer, profile] = await Promise.all([reader.read(Customer, address), reader.read(Profile, address)]);
  if (customer === undefined) return 'absent';
  if (customer.state.status === 'erased') return 'none';
  return profile !== undefined && hasContact(profile.state, contact) ? 'held' : 'begun';
}

/** Whether whoever made it may still be about to put the contact into a profile. */
function isFresh({ state }: Claim, { now, settings }: Claiming): boolean {
  if (state === undefined) return false;
  return later(new Date(state.claimedAt), settings.REQUEST_TIMEOUT + longestCommitMs) > now.toISOString();
}

function refuse({ contact, state }: Claim, { tellsWhose }: Claiming): never {
  const what = contact.kind === 'email' ? 'e-mail address' : 'telephone number';
  const who = tellsWhose && state !== undefined ? `the customer ${state.customerId}` : 'somebody else';
  throw reject('customer-exists', `${who} has this ${what}`);
}
