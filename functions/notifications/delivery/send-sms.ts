import { effect } from '../../../shared/capabilities/effect.ts';
import { smsProviderOf } from '../providers/chosen-sms-provider.ts';
import { SmsDelivery } from './delivery.ts';
import { prepared } from './prepare.ts';
import { keyOf, retryAfter, settled } from './settled.ts';
import { mostSegments, smsSegments } from './sms-segments.ts';

/** Sends a text message of a notice, by the provider that the settings name. */
export const sendSms = effect({
  name: 'send-sms',
  on: SmsDelivery,
  lease: 'PT1M',
  retryAfter,
  async perform(delivery, context) {
    const ready = await prepared(delivery, context);
    if (ready.kind === 'refused') return ready;
    const { telephone } = ready.contact;
    if (telephone === undefined) return { kind: 'refused', reason: 'no-address' };
    const { body: text } = ready.text;
    if (smsSegments(text) > mostSegments) return { kind: 'refused', reason: 'too-long' };
    const { recipientId, requestedAt: date } = delivery;
    const { settings, tenant, signal } = context;
    const sms = { key: keyOf(delivery, context.key), tenant, recipientId, to: telephone, text, date };
    return smsProviderOf(settings).send(sms, signal);
  },
  settle: (delivery, outcome, { now, settings }) =>
    settled(delivery, 'sms', outcome, { provider: smsProviderOf(settings).name, now }),
});
