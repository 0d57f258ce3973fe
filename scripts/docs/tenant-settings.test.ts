import { expect, it } from 'vitest';
import { tenantSettings } from '../../shared/capabilities/tenant-settings.ts';
import { tenantSettingsTable } from './tenant-settings.ts';

it('the table of settings names who goes by each, and says of the others that nobody does', () => {
  const followed = (name: string) => tenantSettings({ name, follows: { orders: ['timeout'], company: ['name'] } });
  const table = tenantSettingsTable([
    { name: 'abacuses', tenantSettings: [followed('follow-abacus-settings')] },
    { name: 'clocks', tenantSettings: [followed('follow-clock-settings')] },
    { name: 'dials', tenantSettings: [] },
  ]);
  expect(table).toMatch(/^\| `company\.name` \|.*\| text \| none \| abacuses, clocks \|$/m);
  expect(table).toMatch(/^\| `orders\.timeout` \|.*\| `PT15M` \| abacuses, clocks \|$/m);
  expect(table).toMatch(/^\| `documents\.maxMiB` \|.*\| whole number from 1 to 10 \| `10` \| \*nobody yet\* \|$/m);
});
