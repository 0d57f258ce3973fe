import { type Erasing, erasure } from '../../../shared/capabilities/erasure.ts';
import { CustomerDeleted } from '../../../shared/events/contracts/customers.ts';
import { UserDeleted } from '../../../shared/events/contracts/identity.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { deliveriesBy, failed } from '../delivery/delivery-events.ts';
import { forgetMessages } from '../providers/forget-messages.ts';
import { Channel } from '../templates/channel.ts';
import { recipientBoundary } from './notification.ts';

/**
 * Leaves nothing of somebody who is gone: no notice, no preferences, no delivery, and no file that one was written to. Of those that were
 * still to be sent it is told that they will not be. The lists by day point at nothing then, and leave it out.
 */
export const eraseInbox = erasure({
  name: 'erase-inbox',
  on: UserDeleted,
  id: ({ data }) => data.userId,
  boundary: recipientBoundary,
  frees: freeMessages,
});

/** The same for a customer who had no account. */
export const eraseInboxOfCustomer = erasure({
  name: 'erase-inbox-of-customer',
  on: CustomerDeleted,
  id: ({ data }) => data.customerId,
  boundary: recipientBoundary,
  frees: freeMessages,
});

/**
 * What is still to be sent will not be, and what was written with us is forgotten. A message that is being sent meanwhile may be written
 * after that: what is emptied an hour later has this done again. Later ones find nobody any more whom they are for.
 */
async function freeMessages(
  recipientId: string,
  _: UnitOfWork,
  unitOfWork: (boundary: string) => UnitOfWork,
  seeing: Erasing,
): Promise<void> {
  await suppressWhatIsDue(recipientId, unitOfWork, seeing);
  await forgetMessages({ tenant: seeing.tenant, recipientId }, seeing.settings);
}

/** Of what is still to be sent it is told that it will not be. */
async function suppressWhatIsDue(
  recipientId: string,
  unitOfWork: (boundary: string) => UnitOfWork,
  { now, reader }: Erasing,
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
