import { z } from 'zod';
import { SettingsUpdated, TenantSettings } from '../../shared/events/contracts/tenant-settings.ts';
import { defineAggregate } from '../../shared/model/aggregate.ts';

/** All that a tenant has set: one thing, so that it has one version. */
export const OwnSettings = defineAggregate({
  kind: 'settings',
  state: z.object({ settings: TenantSettings }),
  events: [SettingsUpdated],
  begin: { [SettingsUpdated.type]: ({ data: { settings } }) => ({ settings }) },
  evolve: { [SettingsUpdated.type]: (_, { data: { settings } }) => ({ settings }) },
});

/** A tenant's settings, what became of them, and when they are told again. */
export const settingsBoundary = 'settings';
export const settingsId = 'settings';
