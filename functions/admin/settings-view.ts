import { z } from 'zod';
import { settingsInForce } from '../../shared/capabilities/tenant-settings.ts';
import { SettingsInForce, type TenantSettings } from '../../shared/events/contracts/tenant-settings.ts';
import { Money } from '../../shared/money.ts';
import { keysOf } from './setting-changes.ts';

export const SettingsView = z
  .object({
    ...SettingsInForce.shape,
    approvals: SettingsInForce.shape.approvals.extend({ approvalLimit: Money.nullable() }),
    own: z.array(z.string()).readonly().describe('The keys that the tenant has set itself: the rest is by default'),
    version: z.int(),
  })
  .meta({ id: 'Settings', description: 'What is in force, set or by default; null is none' });

/** What the tenant has set, over what is in force without that. */
export function viewOf(
  own: TenantSettings,
  { version, defaults }: { readonly version: number; readonly defaults: SettingsInForce },
): z.output<typeof SettingsView> {
  return { ...settingsInForce(defaults, own), own: keysOf(own), version };
}
