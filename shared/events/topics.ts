/**
 * The ten topics, one for each domain: an Event Hubs Standard namespace holds ten hubs.
 * Source: https://learn.microsoft.com/azure/event-hubs/event-hubs-quotas
 */
export const topics = [
  'identity-events',
  'catalog-events',
  'order-events',
  'inventory-events',
  'sales-events',
  'procurement-events',
  'logistics-events',
  'workforce-events',
  'notification-events',
  'platform-events',
] as const;

export type Topic = (typeof topics)[number];
