import { erasure } from '../../../shared/capabilities/erasure.ts';
import { CustomerDeleted } from '../../../shared/events/contracts/customers.ts';
import { UserDeleted } from '../../../shared/events/contracts/identity.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import { deliveriesBy, failed } from '../delivery/delivery-events.ts';
import { Channel } from '../templates/channel.ts';
import { recipientBoundary } from './notification.ts';

/**
 * Leaves nothing of somebody who is gone: no notice, no preferences, and no delivery. Of those that were still to be sent it is told that
 * they will not be. The lists by day point at nothing then, and leave it out.
 */
export const eraseInbox = erasure({
  name: 'erase-inbox',
  on: UserDeleted,
  id: ({ data }) => data.userId,
  boundary: recipientBoundary,
  frees: suppressWhatIsDue,
});

/** The same for a customer who had no account. */
export const eraseInboxOfCustomer = erasure({
  name: 'erase-inbox-of-customer',
  on: CustomerDeleted,
  id: ({ data }) => data.customerId,
  boundary: recipientBoundary,
  frees: suppressWhatIsDue,
});

/** Of what is still to be sent it is told that it will not be. */
async function suppressWhatIsDue(
  recipientId: string,
  _: UnitOfWork,
  unitOfWork: (boundary: string) => UnitOfWork,
  { now, reader }: { readonly now: Date; readonly reader: Reader },
): Promise<void> {
  const boundary = recipientBoundary(recipientId);
  const inbox = unitOfWork(boundary);
  const why = { reason: 'suppressed', at: now.toISOString() } as const;
  for (const channel of Channel.options) {
    const due = await reader.list(deliveriesBy(channel), boundary, mostAtOnce);
    for (const { id } of due) {
      const delivery = await inbox.load(deliveriesBy(channel), id);
      if (delivery.current?.status === 'due') delivery.record(failed(delivery.current, channel, why));
    }
  }
}

/** Few are due at a time; beyond that they go without a word. */
const mostAtOnce = { order: 'descending', limit: 100, where: { status: 'due' } } as const;
