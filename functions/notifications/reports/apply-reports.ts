import { deadline } from '../../../shared/capabilities/deadline.ts';
import { deliveriesBy, unreached } from '../delivery/delivery-events.ts';
import { recipientBoundary } from '../inbox/notification.ts';
import { Preferences, preferencesId, usualWishes, withoutMails } from '../preferences/preferences.ts';
import { tenantNotifications } from '../tenant-notifications.ts';
import { appliedAll, SentMessage, unapplied } from './sent-message.ts';

/**
 * Has a delivery fail that did not reach whom it was for, and leaves whoever has complained alone: they hear of nothing by e-mail any
 * more that is not for their security, until they say otherwise.
 */
export const applyReports = deadline({
  name: 'apply-reports',
  on: SentMessage,
  isDueAtOnce: () => true,
  async handle(message, _, { now, unitOfWork, reader, settings }) {
    const { delivery: whose } = message.state;
    if (whose !== undefined) {
      const { recipientId, deliveryId, channel } = whose;
      const reports = unapplied(message.state);
      const inbox = unitOfWork(recipientBoundary(recipientId));
      const delivery = await inbox.load(deliveriesBy(channel), deliveryId);
      // Of who is gone nothing is begun again.
      if (delivery.current !== undefined) {
        delivery.record(
          unreached(delivery.current, channel, { reports, messageId: message.id, at: now.toISOString() }),
        );
        if (reports.has('complained')) {
          const preferences = await inbox.load(Preferences, preferencesId);
          const { company } = await tenantNotifications.of(reader, settings);
          preferences.record(withoutMails(recipientId, preferences.current ?? usualWishes(company.language), now));
        }
      }
    }
    message.put(appliedAll(message.state));
  },
});
