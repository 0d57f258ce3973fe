import { z } from 'zod';
import { deadline } from '../../shared/capabilities/deadline.ts';
import { later } from '../../shared/clock.ts';
import { SettingsUpdated } from '../../shared/events/contracts/tenant-settings.ts';
import { defineProjection } from '../../shared/model/projection.ts';
import type { Settings } from '../../shared/settings/settings.ts';
import { OwnSettings, settingsId } from './own-settings.ts';

const day = 86_400_000;

/** When a tenant's settings are told again. */
export const Reminder = defineProjection({
  kind: 'settings-reminder',
  state: z.object({ dueAt: z.iso.datetime() }),
});

/** In a day; sooner, where the bus forgets sooner. */
export function reminded(now: Date, { EVENT_RETENTION }: Pick<Settings, 'EVENT_RETENTION'>) {
  return { dueAt: later(now, Math.min(day, EVENT_RETENTION / 2)) };
}

/**
 * Tells a tenant's settings again every day, so that a topic always has them: a service that begins to follow them a year after
 * they were set reads them there, and asks nobody.
 */
export const retellSettings = deadline({
  name: 'retell-settings',
  on: Reminder,
  async handle(reminder, work, { now, settings: environment }) {
    const { version, state } = await work.load(OwnSettings, settingsId);
    work.tell(SettingsUpdated({ version, changed: [], settings: state.settings, at: now.toISOString() }));
    reminder.put(reminded(now, environment));
  },
});
