import { tenantSettings } from '../../shared/capabilities/tenant-settings.ts';
import { salesSettings } from './settings.ts';

/** What a tenant can set of its tills. */
export const tenantSales = tenantSettings({
  name: 'follow-sales-settings',
  follows: { sales: ['offlineDays'] },
  byDefault: (settings) => ({ sales: { offlineDays: salesSettings.of(settings).SALES_OFFLINE_DAYS } }),
});
