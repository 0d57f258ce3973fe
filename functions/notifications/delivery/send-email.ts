import { effect } from '../../../shared/capabilities/effect.ts';
import { rendered } from '../notification.ts';
import { mailProviderOf } from './chosen-mail-provider.ts';
import { EmailDelivery, failed, sent } from './email-delivery.ts';

/** Sends an e-mail of a notice, by the provider that the settings name. */
export const sendEmail = effect({
  name: 'send-email',
  on: EmailDelivery,
  lease: 'PT1M',
  retryAfter: ['PT1M', 'PT5M', 'PT30M', 'PT2H', 'PT6H', 'PT12H'],
  perform({ recipientId, template, parameters, requestedAt }, { settings, tenant, key, signal }) {
    const { subject, body } = rendered(template, parameters);
    return mailProviderOf(settings).send({ key, tenant, recipientId, subject, body, date: requestedAt }, signal);
  },
  settle(delivery, outcome, { now, settings }) {
    const at = now.toISOString();
    if (outcome.kind === 'done') return sent(delivery, mailProviderOf(settings).name, at);
    return failed(delivery, outcome.kind === 'gave-up' ? 'gave-up' : 'rejected', at);
  },
});
