import {
  CampaignAddressed,
  CampaignEnded,
  CampaignStarted,
  CampaignSuppressed,
} from '../../shared/events/contracts/campaigns.ts';
import {
  EmailRequested,
  EmailSent,
  NotificationFailed,
  NotificationPreferencesUpdated,
  NotificationRead,
  NotificationSent,
  SmsRequested,
  SmsSent,
} from '../../shared/events/contracts/notifications.ts';
import type { EventExample } from '../../shared/events/event-example.ts';

const delivery = { deliveryId: 'notice-1:email', notificationId: 'notice-1', recipientId: 'CUST-123' };
const text = { deliveryId: 'notice-1:sms', notificationId: 'notice-1', recipientId: 'CUST-123' };
const ofText = { topic: 'notification-events', subject: 'delivery/notice-1:sms', key: 'CUST-123' } as const;
const ofDelivery = { topic: 'notification-events', subject: 'delivery/notice-1:email', key: 'CUST-123' } as const;

const campaignId = 'campaign-1';
const inCampaign = { campaignId, recipientId: 'CUST-123', at: '2026-11-22T10:00:00.000Z' };
const ofCampaign = { topic: 'notification-events', subject: 'campaign/campaign-1' } as const;

/** One event of each contract that this service tells. */
export const notificationExamples: readonly EventExample[] = [
  {
    event: NotificationSent({
      notificationId: 'notice-1',
      recipientId: 'CUST-123',
      template: 'order-confirmed',
      parameters: { orderId: 'order-1' },
      language: 'en',
      about: 'order/order-1',
      sentAt: '2026-11-22T10:00:00.000Z',
    }),
    promise: { topic: 'notification-events', subject: 'notification/notice-1', key: 'CUST-123' },
  },
  {
    event: NotificationRead({
      notificationId: 'notice-1',
      recipientId: 'CUST-123',
      readAt: '2026-11-22T10:05:00.000Z',
    }),
    promise: { topic: 'notification-events', subject: 'notification/notice-1', key: 'CUST-123' },
  },
  {
    event: EmailRequested({
      ...delivery,
      template: 'order-confirmed',
      parameters: { orderId: 'order-1' },
      requestedAt: '2026-11-22T10:00:00.000Z',
    }),
    promise: ofDelivery,
  },
  {
    event: EmailSent({
      ...delivery,
      template: 'order-confirmed',
      provider: 'file',
      at: '2026-11-22T10:00:01.000Z',
    }),
    promise: ofDelivery,
  },
  {
    event: SmsRequested({
      ...text,
      template: 'out-for-delivery',
      parameters: { orderId: 'order-1' },
      requestedAt: '2026-11-22T10:00:00.000Z',
    }),
    promise: ofText,
  },
  {
    event: SmsSent({ ...text, template: 'out-for-delivery', provider: 'file', at: '2026-11-22T10:00:01.000Z' }),
    promise: ofText,
  },
  {
    event: NotificationPreferencesUpdated({
      recipientId: 'CUST-123',
      email: ['order-confirmed'],
      sms: ['out-for-delivery'],
      language: 'de',
      at: '2026-11-22T10:00:00.000Z',
    }),
    promise: { topic: 'notification-events', subject: 'notification-preferences/CUST-123', key: 'CUST-123' },
  },
  {
    event: NotificationFailed({ ...delivery, channel: 'email', reason: 'rejected', at: '2026-11-22T10:00:01.000Z' }),
    promise: ofDelivery,
  },
  {
    event: CampaignStarted({ campaignId, template: 'newsletter', by: 'user-2', startedAt: '2026-11-22T10:00:00.000Z' }),
    promise: { ...ofCampaign, key: campaignId },
  },
  {
    event: CampaignAddressed({ ...inCampaign, template: 'newsletter' }),
    promise: { ...ofCampaign, key: 'CUST-123' },
  },
  {
    event: CampaignEnded({ campaignId, addressed: 1, at: '2026-11-22T10:00:00.000Z' }),
    promise: { ...ofCampaign, key: campaignId },
  },
  {
    event: CampaignSuppressed(inCampaign),
    promise: { ...ofCampaign, subject: 'campaign-recipient/campaign-1/CUST-123', key: campaignId },
  },
];
