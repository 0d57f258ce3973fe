import { z } from 'zod';
import { line } from '../../../shared/text.ts';
import type { ProviderReport, ReportKind } from './provider-report.ts';

/** An event in the schema of Event Grid; what is in `data` its type says. Source: https://learn.microsoft.com/azure/event-grid/event-schema */
export const EventGridEvent = z.looseObject({ id: line(300), eventType: z.string(), data: z.looseObject({}) });
type EventGridEvent = z.output<typeof EventGridEvent>;

/** Source: https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema */
const Validation = z.object({ validationCode: z.string().min(1) });
const isValidation = 'Microsoft.EventGrid.SubscriptionValidationEvent';

/** Source: https://learn.microsoft.com/azure/event-grid/communication-services-email-events */
const EmailReport = z.object({ messageId: z.string().min(1), status: z.string() });
/** `Delivered` and `Expanded` (to the members of a list) are none of these. */
const emailKinds: Readonly<Record<string, ReportKind>> = {
  Bounced: 'bounced',
  Failed: 'bounced',
  FilteredSpam: 'bounced',
  Quarantined: 'bounced',
  Suppressed: 'suppressed',
};

/** What we have sent as its tag says which message it was. Source: https://learn.microsoft.com/azure/event-grid/communication-services-telephony-sms-events */
const SmsReport = z
  .object({ tag: z.string().optional(), Tag: z.string().optional(), deliveryStatus: z.string() })
  .transform(({ tag, Tag, deliveryStatus }) => ({ messageId: tag ?? Tag, deliveryStatus }));

/** By which whoever set up the subscription proves to Event Grid that it may send here. */
export function validationCodeIn(events: readonly EventGridEvent[]): string | undefined {
  const asked = events.find(({ eventType }) => eventType === isValidation);
  return Validation.safeParse(asked?.data).data?.validationCode;
}

/** What follows from an event: nothing, where it tells of success, of something else, or in another way than we know. */
export function reportIn({ id, eventType, data }: EventGridEvent): ProviderReport | undefined {
  if (eventType === 'Microsoft.Communication.EmailDeliveryReportReceived') {
    const { messageId, status = '' } = EmailReport.safeParse(data).data ?? {};
    const kind = emailKinds[status];
    return messageId === undefined || kind === undefined ? undefined : { id, messageId, kind };
  }
  if (eventType !== 'Microsoft.Communication.SMSDeliveryReportReceived') return undefined;
  const { messageId, deliveryStatus } = SmsReport.safeParse(data).data ?? {};
  return messageId === undefined || deliveryStatus !== 'Failed' ? undefined : { id, messageId, kind: 'bounced' };
}
