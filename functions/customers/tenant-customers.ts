import { tenantSettings } from '../../shared/capabilities/tenant-settings.ts';
import { customerSettings } from './settings.ts';

/** What a tenant can set of its customers. */
export const tenantCustomers = tenantSettings({
  name: 'follow-customers-settings',
  follows: { customers: ['purposes'] },
  byDefault: (settings) => ({ customers: { purposes: customerSettings.of(settings).CUSTOMER_PURPOSES } }),
});
