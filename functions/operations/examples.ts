import { DeadLettersCounted, ServiceHealthChanged } from '../../shared/events/contracts/platform.ts';
import type { EventExample } from '../../shared/events/event-example.ts';

/** One event of each contract that this service tells. */
export const operationsExamples: readonly EventExample[] = [
  {
    event: ServiceHealthChanged({
      service: 'orders',
      from: 'ok',
      to: 'degraded',
      dependencies: { store: 'ok', bus: 'degraded', outbox: 'ok', consumers: 'ok' },
      at: '2026-11-22T10:00:00.000Z',
    }),
    promise: { topic: 'platform-events', subject: 'service/orders', key: 'orders' },
  },
  {
    event: DeadLettersCounted({
      parked: 3,
      isMore: false,
      subscribers: [{ subscriber: 'reserve-stock', parked: 3 }],
      at: '2026-11-22T06:00:00.000Z',
    }),
    promise: { topic: 'platform-events', subject: 'deadletters/2026-11-22', key: 'dead-letters' },
  },
];
