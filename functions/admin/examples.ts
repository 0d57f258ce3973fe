import { SettingsUpdated } from '../../shared/events/contracts/tenant-settings.ts';
import type { EventExample } from '../../shared/events/event-example.ts';

/** One event of each contract that this service tells. */
export const adminExamples: readonly EventExample[] = [
  {
    event: SettingsUpdated({
      version: 2,
      changed: ['orders.timeout', 'approvals.approvalLimit'],
      settings: {
        company: { name: 'Song Ltd', timeZone: 'Europe/Berlin' },
        approvals: { approvalLimit: 50_000 },
        orders: { timeout: 'PT30M' },
      },
      by: '0193b5a0-0000-7000-8000-000000000001',
      at: '2026-11-22T10:00:00.000Z',
    }),
    promise: { topic: 'platform-events', subject: 'settings', key: 'settings' },
  },
];
