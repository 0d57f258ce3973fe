import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { type Contact, ContactClaim, contactBoundary, contactKey, haveClaimed, left } from './contact.ts';

type OpenWork = (boundary: string) => UnitOfWork;

/** Has contacts be this customer's no more, as of the commit, but the next one's who has them, or nobody's. */
export async function freeContacts(
  contacts: readonly Contact[],
  customerId: string,
  unitOfWork: OpenWork,
): Promise<void> {
  for (const contact of contacts) await free(unitOfWork(contactBoundary(contact)), contact, customerId);
}

/** The same by commits of its own, for a caller who refuses: who was deleted meanwhile keeps nothing of what was claimed for them. */
export async function freeContactsAtOnce(
  contacts: readonly Contact[],
  customerId: string,
  unitOfWork: OpenWork,
): Promise<void> {
  for (const contact of contacts) {
    const work = unitOfWork(contactBoundary(contact));
    await free(work, contact, customerId);
    await work.commit();
  }
}

async function free(work: UnitOfWork, contact: Contact, customerId: string): Promise<void> {
  const claim = await work.load(ContactClaim, contactKey(contact));
  if (claim.current === undefined || !haveClaimed(claim.current).includes(customerId)) return;
  const rest = left(claim.current, customerId);
  if (rest === undefined) claim.remove();
  else claim.put(rest);
}
