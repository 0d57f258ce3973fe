import { z } from 'zod';
import {
  EmailRequested,
  EmailSent,
  type FailureReason,
  NotificationFailed,
  SmsRequested,
  SmsSent,
} from '../../../shared/events/contracts/notifications.ts';
import type { DataOf } from '../../../shared/events/define-event.ts';
import { defineAggregate } from '../../../shared/model/aggregate.ts';
import { dueAtOnce } from '../../../shared/model/due-at-once.ts';

/** How far something has got that is to be sent: `due` until a provider has it, or it is known that none will. */
export const DeliveryStatus = z.enum(['due', 'sent', 'failed', 'suppressed']);

/** Something that is to be sent once, by one channel; its text is made of the template when it is. */
export const DeliveryState = z.object({
  deliveryId: z.string(),
  notificationId: z.string(),
  recipientId: z.string(),
  template: z.string(),
  parameters: z.record(z.string(), z.string()),
  requestedAt: z.iso.datetime(),
  status: DeliveryStatus,
  /** When it was sent, or failed for good. */
  settledAt: z.iso.datetime().optional(),
  reason: z.string().optional(),
  /** Who has taken it. */
  provider: z.string().optional(),
  /** Under which key they have it. */
  messageId: z.string().optional(),
  /** How often it is to be sent as another one than before, since a provider has refused it. */
  round: z.int().nonnegative().default(0),
  /** Whether all attempts failed before, and nobody knows of the last whether the provider has it all the same. */
  wasGivenUp: z.boolean().optional(),
  dueAt: z.iso.datetime().optional(),
});
export type DeliveryState = z.infer<typeof DeliveryState>;

type Requested = DataOf<typeof EmailRequested>;
type Sent = DataOf<typeof EmailSent>;
type Failed = DataOf<typeof NotificationFailed>;

const begun = ({ data }: { readonly data: Requested }): DeliveryState => ({
  ...data,
  status: 'due',
  round: 0,
  dueAt: dueAtOnce(new Date(data.requestedAt)),
});

/** What a provider has refused it would refuse again under the same key, without a look at it. */
const refusals: ReadonlySet<string | undefined> = new Set<FailureReason>(['rejected', 'bounced', 'suppressed']);

const again = (
  { settledAt: _, reason, provider: __, messageId: ___, ...delivery }: DeliveryState,
  { data }: { readonly data: Requested },
): DeliveryState => ({
  ...delivery,
  status: 'due',
  round: delivery.round + (refusals.has(reason) ? 1 : 0),
  ...(reason === 'gave-up' ? { wasGivenUp: true } : {}),
  dueAt: dueAtOnce(new Date(data.requestedAt), delivery.dueAt),
});

const taken = ({ dueAt: _, ...delivery }: DeliveryState, { data }: { readonly data: Sent }): DeliveryState => ({
  ...delivery,
  status: 'sent',
  provider: data.provider,
  ...(data.messageId === undefined ? {} : { messageId: data.messageId }),
  settledAt: data.at,
});

const ended = ({ dueAt: _, ...delivery }: DeliveryState, { data }: { readonly data: Failed }): DeliveryState => ({
  ...delivery,
  status: data.reason === 'suppressed' ? 'suppressed' : 'failed',
  reason: data.reason,
  settledAt: data.at,
});

export const EmailDelivery = defineAggregate({
  kind: 'email-delivery',
  state: DeliveryState,
  events: [EmailRequested, EmailSent, NotificationFailed],
  begin: { [EmailRequested.type]: begun },
  evolve: { [EmailRequested.type]: again, [EmailSent.type]: taken, [NotificationFailed.type]: ended },
});

export const SmsDelivery = defineAggregate({
  kind: 'sms-delivery',
  state: DeliveryState,
  events: [SmsRequested, SmsSent, NotificationFailed],
  begin: { [SmsRequested.type]: begun },
  evolve: { [SmsRequested.type]: again, [SmsSent.type]: taken, [NotificationFailed.type]: ended },
});
