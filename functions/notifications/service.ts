import { defineService } from '../../shared/capabilities/define-service.ts';
import { countCampaign } from './campaigns/count-campaign.ts';
import { getCampaign } from './campaigns/get-campaign.ts';
import { notifyOfCampaign } from './campaigns/notify-of-campaign.ts';
import { runCampaign } from './campaigns/run-campaign.ts';
import { startCampaign } from './campaigns/start-campaign.ts';
import { followConsent } from './consent/follow-consent.ts';
import { followDeliveries, openDeliveryDays } from './delivery/follow-deliveries.ts';
import { listDeliveries } from './delivery/list-deliveries.ts';
import { retryDelivery } from './delivery/retry-delivery.ts';
import { sendEmail } from './delivery/send-email.ts';
import { sendSms } from './delivery/send-sms.ts';
import { notificationExamples } from './examples.ts';
import { eraseInbox, eraseInboxOfCustomer } from './inbox/erase-inbox.ts';
import { listNotifications } from './inbox/list-notifications.ts';
import { notificationsByDay } from './inbox/notifications-by-day.ts';
import { readNotification } from './inbox/read-notification.ts';
import { mailAccountLink } from './notices/mail-account-link.ts';
import { notifyOfDeadLetters } from './notices/notify-of-dead-letters.ts';
import { notifyOfHealth } from './notices/notify-of-health.ts';
import { notifyOfNewDevice } from './notices/notify-of-new-device.ts';
import { notifyOfOrder } from './notices/notify-of-order.ts';
import { tellOfPasswordReset } from './notices/tell-of-password-reset.ts';
import { welcomeUser } from './notices/welcome-user.ts';
import { getPreferences } from './preferences/get-preferences.ts';
import { setPreferences } from './preferences/set-preferences.ts';
import { notificationProblems } from './problems.ts';
import { applyReports } from './reports/apply-reports.ts';
import { followSentMessages } from './reports/follow-sent-messages.ts';
import { takeProviderReport } from './reports/take-provider-report.ts';
import { notificationSettings } from './settings.ts';
import { tenantNotifications } from './tenant-notifications.ts';

export const notifications = defineService({
  name: 'notifications',
  summary: 'Tells people what concerns them.',
  problems: notificationProblems,
  settings: notificationSettings,
  examples: notificationExamples,
  indexes: { filtered: ['channel', 'status', 'decision'], sorted: [] },
  capabilities: [
    listNotifications,
    readNotification,
    getPreferences,
    setPreferences,
    listDeliveries,
    retryDelivery,
    notifyOfOrder,
    welcomeUser,
    notifyOfNewDevice,
    mailAccountLink,
    tellOfPasswordReset,
    notifyOfHealth,
    notifyOfDeadLetters,
    sendEmail,
    sendSms,
    takeProviderReport,
    followSentMessages,
    applyReports,
    followDeliveries,
    openDeliveryDays,
    eraseInbox,
    eraseInboxOfCustomer,
    followConsent,
    startCampaign,
    getCampaign,
    runCampaign,
    notifyOfCampaign,
    countCampaign,
    notificationsByDay,
    tenantNotifications,
  ],
});
