import { type EffectContext, effect, type KnownAttempt } from '../../../shared/capabilities/effect.ts';
import { mailProviderOf } from '../providers/chosen-mail-provider.ts';
import { greeting } from '../templates/wordings.ts';
import { tenantNotifications } from '../tenant-notifications.ts';
import { type DeliveryState, EmailDelivery } from './delivery.ts';
import { prepared } from './prepare.ts';
import { senderNameOf } from './sender-name.ts';
import { keyOf, retryAfter, settled } from './settled.ts';

/** Sends an e-mail of a notice, by the provider that the settings name. */
export const sendEmail = effect({
  name: 'send-email',
  on: EmailDelivery,
  lease: 'PT1M',
  retryAfter,
  ask: async (delivery, { settings, key, signal }) => mailProviderOf(settings).ask?.(keyOf(delivery, key), signal),
  async perform(delivery, context) {
    const known = await knownSinceGivenUp(delivery, context);
    if (known !== undefined) return known;
    const ready = await prepared(delivery, context);
    if (ready.kind === 'refused') return ready;
    const { contact, language, text } = ready;
    if (contact.email === undefined) return { kind: 'refused', reason: 'no-address' };
    const { recipientId, requestedAt: date } = delivery;
    const { settings, tenant, signal, reader } = context;
    const { notifications, company } = await tenantNotifications.of(reader, settings);
    const mail = {
      key: keyOf(delivery, context.key),
      tenant,
      recipientId,
      to: contact.email,
      senderName: senderNameOf({ ...notifications, ...company }),
      subject: text.subject,
      body: `${greeting(contact.name, language)}\n\n${text.body}`,
      date,
    };
    return mailProviderOf(settings).send(mail, signal);
  },
  settle: (delivery, outcome, { now, settings }) =>
    settled(delivery, 'email', outcome, { provider: mailProviderOf(settings).name, now }),
});

/** What became of a mail that was given up, and is retried: its first attempt is not the first that was ever made. */
async function knownSinceGivenUp(
  delivery: DeliveryState,
  { attempt, key, settings, signal }: EffectContext,
): Promise<KnownAttempt> {
  if (delivery.wasGivenUp !== true || attempt > 1) return undefined;
  return mailProviderOf(settings).ask?.(keyOf(delivery, key), signal);
}
