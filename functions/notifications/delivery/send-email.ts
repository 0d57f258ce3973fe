import { effect } from '../../../shared/capabilities/effect.ts';
import { rendered } from '../inbox/notification.ts';
import { mailProviderOf } from '../providers/chosen-mail-provider.ts';
import { contactOf } from './contact-of.ts';
import { EmailDelivery, failed, sent } from './email-delivery.ts';

const senderName = 'Lagerhaus';
const noAddress = 'nobody knows an address';

/** Sends an e-mail of a notice, by the provider that the settings name. */
export const sendEmail = effect({
  name: 'send-email',
  on: EmailDelivery,
  lease: 'PT1M',
  retryAfter: ['PT1M', 'PT5M', 'PT30M', 'PT2H', 'PT6H', 'PT12H'],
  ask: async (_, { settings, key, signal }) => mailProviderOf(settings).ask?.(key, signal),
  async perform({ recipientId, template, parameters, requestedAt }, { settings, tenant, key, signal, lookup }) {
    const contact = await contactOf(recipientId, lookup);
    if (contact === undefined) return { kind: 'refused', reason: noAddress };
    const { subject, body } = rendered(template, parameters);
    const mail = { key, tenant, recipientId, to: contact.email, senderName, subject, body, date: requestedAt };
    return mailProviderOf(settings).send(mail, signal);
  },
  settle(delivery, outcome, { now, settings }) {
    const at = now.toISOString();
    if (outcome.kind === 'done') return sent(delivery, mailProviderOf(settings).name, at);
    if (outcome.kind === 'gave-up') return failed(delivery, 'gave-up', at);
    return failed(delivery, outcome.reason === noAddress ? 'no-address' : 'rejected', at);
  },
});
