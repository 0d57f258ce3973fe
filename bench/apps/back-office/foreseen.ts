import type { Topic } from '../../../shared/events/topics.ts';

/**
 * What the services of the whole back office listen to: those that are there, and those that are to come. A service that is built
 * says itself what it listens to; what it does not (yet) is what an empty one stands in for.
 */
export const foreseen: Readonly<Record<string, readonly Topic[] | 'every event'>> = {
  inventory: ['sales-events', 'procurement-events', 'logistics-events', 'platform-events'],
  orders: ['logistics-events', 'sales-events', 'platform-events'],
  notifications: ['logistics-events', 'inventory-events', 'sales-events', 'workforce-events'],
  catalog: ['platform-events'],
  sales: ['catalog-events', 'sales-events', 'platform-events'],
  customers: ['identity-events', 'order-events', 'sales-events', 'platform-events'],
  procurement: ['catalog-events', 'inventory-events', 'procurement-events', 'platform-events'],
  logistics: ['inventory-events', 'order-events', 'logistics-events'],
  workforce: ['workforce-events', 'platform-events'],
  documents: ['identity-events', 'sales-events', 'workforce-events', 'platform-events'],
  audit: 'every event',
};
