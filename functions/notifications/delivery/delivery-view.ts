import { z } from 'zod';
import { FailureReason } from '../../../shared/events/contracts/notifications.ts';
import { Channel } from '../templates/channel.ts';
import type { Contact } from './contact-of.ts';
import { DeliveryState } from './delivery.ts';
import { maskedAddress, maskedTelephone } from './masked.ts';

const { notificationId, recipientId, template, requestedAt, status, settledAt, provider } = DeliveryState.shape;

/** A delivery as whoever looks after them sees it: without what it says. */
export const DeliveryView = z
  .object({
    id: z.string(),
    notificationId,
    recipientId,
    channel: Channel,
    template,
    status,
    requestedAt,
    settledAt,
    provider,
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
  const { deliveryId: id, parameters: _, round: __, messageId: ___, dueAt: nextAttemptAt, reason, ...shown } = delivery;
  const address = addressFor(channel, contact);
  return {
    ...shown,
    id,
    channel,
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
