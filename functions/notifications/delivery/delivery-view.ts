import { z } from 'zod';
import { FailureReason } from '../../../shared/events/contracts/notifications.ts';
import { Channel } from '../templates/channel.ts';
import type { Contact } from './contact-of.ts';
import { DeliveryState } from './delivery.ts';
import { maskedAddress, maskedTelephone } from './masked.ts';

/** Nothing of what it says, and nothing of how it is kept. */
const Shown = DeliveryState.pick({
  notificationId: true,
  recipientId: true,
  template: true,
  status: true,
  requestedAt: true,
  settledAt: true,
  provider: true,
});

/** A delivery as whoever looks after them sees it: without what it says. */
export const DeliveryView = z
  .object({
    id: z.string(),
    channel: Channel,
    ...Shown.shape,
    reason: FailureReason.optional(),
    nextAttemptAt: z.iso.datetime().optional().describe('When it is tried again, where it is due'),
    address: z.string().optional().describe('Where it goes now, as far as anybody may see; absent where nobody knows'),
  })
  .meta({
    id: 'Delivery',
    description: 'An e-mail or a text message of a notification',
    example: {
      id: '01a20947-a59f-76f9-837c-cc7d43945ad1:email',
      notificationId: '01a20947-a59f-76f9-837c-cc7d43945ad1',
      recipientId: '01a20947-a59f-76f9-837c-cc7d43945ad2',
      channel: 'email',
      template: 'order-confirmed',
      status: 'sent',
      requestedAt: '2026-11-22T10:00:00.000Z',
      settledAt: '2026-11-22T10:00:01.000Z',
      provider: 'smtp',
      address: 'a…@example.com',
    },
  });

export function viewOf(
  delivery: DeliveryState,
  channel: Channel,
  contact: Contact | 'gone',
): z.output<typeof DeliveryView> {
  const { deliveryId: id, dueAt: nextAttemptAt, reason } = delivery;
  const address = addressFor(channel, contact);
  return {
    id,
    channel,
    ...Shown.parse(delivery),
    ...(reason === undefined ? {} : { reason: FailureReason.catch('rejected').parse(reason) }),
    ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }),
    ...(address === undefined ? {} : { address }),
  };
}

function addressFor(channel: Channel, contact: Contact | 'gone'): string | undefined {
  if (contact === 'gone') return undefined;
  const { email, telephone } = contact;
  if (channel === 'email') return email === undefined ? undefined : maskedAddress(email);
  return telephone === undefined ? undefined : maskedTelephone(telephone);
}
