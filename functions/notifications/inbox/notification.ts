import { z } from 'zod';
import { NotificationRead, NotificationSent } from '../../../shared/events/contracts/notifications.ts';
import { defineAggregate } from '../../../shared/model/aggregate.ts';

/** What is in an inbox is the text: it stays what somebody was told when the templates change. */
export const NotificationState = z.object({
  notificationId: z.string(),
  recipientId: z.string(),
  template: z.string(),
  subject: z.string(),
  body: z.string(),
  about: z.string(),
  sentAt: z.iso.datetime(),
  readAt: z.iso.datetime().optional(),
});
export type NotificationState = z.infer<typeof NotificationState>;

/** What a template is filled with: nothing personal, since it is told by an event. */
export type Parameters = Readonly<Record<string, string>>;

/** What somebody is told. */
export interface Notice {
  readonly template: string;
  readonly parameters: Parameters;
}

interface Text {
  readonly subject: string;
  readonly body: string;
}

const templates: Readonly<Record<string, (parameters: Parameters) => Text>> = {
  welcome: () => ({
    subject: 'Welcome',
    body: 'Your account is ready. What becomes of your orders is told here.',
  }),
  'new-device': ({ at }) => ({
    subject: 'A login from a new device',
    body: `Somebody logged in to your account at ${at} with a device that was not used before. If it was not you, change your password.`,
  }),
  'service-health': ({ service, to, dependencies }) => ({
    subject: to === 'ok' ? `${service} is well again` : `${service} is ${to}`,
    body:
      to === 'ok'
        ? `The service ${service} is well again.`
        : `The service ${service} is ${to}: ${dependencies}. GET /health/${service} says more.`,
  }),
  'dead-letters': ({ parked, subscribers }) => ({
    subject: `Dead letters wait for a decision: ${parked}`,
    body: `What could not be done waits for you: ${subscribers}. GET /api/v1/dead-letters?status=parked lists it.`,
  }),
  'order-confirmed': ofOrder('confirmed', 'everything you ordered is reserved for you'),
  'order-rejected': ofOrder('rejected', 'we cannot deliver it'),
  'order-cancelled': ofOrder('cancelled', 'nothing will be delivered'),
  'order-shipped': ofOrder('shipped', 'it is on its way to you'),
};

/** The text of a notice. @throws Error where there is no such template. */
export function rendered(template: string, parameters: Parameters): Text {
  const text = templates[template]?.(parameters);
  if (text === undefined) throw new Error(`there is no template ${template}: add it to the templates`);
  return text;
}

function ofOrder(what: string, sentence: string): (parameters: Parameters) => Text {
  return ({ orderId, reason }) => ({
    subject: `Your order was ${what}`,
    body: `Order ${orderId} was ${what}: ${sentence}${reason === undefined ? '' : ` (${reason})`}.`,
  });
}

/** Reading again what was read changes nothing. */
export function markRead({ notificationId, recipientId, readAt }: NotificationState, now: string) {
  return readAt === undefined ? [NotificationRead({ notificationId, recipientId, readAt: now })] : [];
}

export const Notification = defineAggregate({
  kind: 'notification',
  state: NotificationState,
  events: [NotificationSent, NotificationRead],
  begin: {
    [NotificationSent.type]: ({ data: { parameters, ...sent } }) => ({
      ...sent,
      ...rendered(sent.template, parameters),
    }),
  },
  evolve: { [NotificationRead.type]: (notification, { data: { readAt } }) => ({ ...notification, readAt }) },
});

/** One person's inbox. */
export function recipientBoundary(recipientId: string): string {
  return `recipient:${recipientId}`;
}
