import { tenantSettings } from '../../shared/capabilities/tenant-settings.ts';
import { durationText } from '../../shared/settings/duration.ts';
import { orderSettings } from './settings.ts';

/** What a tenant can set of its orders. */
export const tenantOrders = tenantSettings({
  name: 'follow-orders-settings',
  follows: { orders: ['timeout'] },
  byDefault: (settings) => ({ orders: { timeout: durationText(orderSettings.of(settings).ORDER_TIMEOUT) } }),
});
