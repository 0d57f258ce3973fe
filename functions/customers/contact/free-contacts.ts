import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { type Contact, ContactClaim, contactBoundary, contactKey, haveClaimed, left } from './contact.ts';

/** Has contacts be this customer's no more, as of the commit, but the next one's who has them, or nobody's. */
export async function freeContacts(
  contacts: readonly Contact[],
  customerId: string,
  unitOfWork: (boundary: string) => UnitOfWork,
): Promise<void> {
  for (const contact of contacts) {
    const claim = await unitOfWork(contactBoundary(contact)).load(ContactClaim, contactKey(contact));
    if (claim.current === undefined || !haveClaimed(claim.current).includes(customerId)) continue;
    const rest = left(claim.current, customerId);
    if (rest === undefined) claim.remove();
    else claim.put(rest);
  }
}
