import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { type Contact, ContactClaim, contactBoundary, contactKey } from './contact.ts';

/** Has contacts be nobody's again, as long as they are this customer's and stay so until the commit. */
export async function freeContacts(
  contacts: readonly Contact[],
  customerId: string,
  unitOfWork: (boundary: string) => UnitOfWork,
): Promise<void> {
  for (const contact of contacts) {
    const claim = await unitOfWork(contactBoundary(contact)).load(ContactClaim, contactKey(contact));
    if (claim.current?.customerId === customerId) claim.remove();
  }
}
