import { describe, expect, it } from 'vitest';
import { notifications } from '../../functions/notifications/service.ts';
import { countDeadLetters } from '../../functions/operations/dead-letters/count-dead-letters.ts';
import { watchHealth } from '../../functions/operations/health/watch-health.ts';
import { operations } from '../../functions/operations/service.ts';
import { scheduledRuns } from '../../shared/capabilities/schedule.ts';
import { consumeBatch } from '../../shared/consuming/consume-batch.ts';
import { topicsOf } from '../../shared/consuming/listening.ts';
import { deadLettersContainer } from '../../shared/dead-letters/dead-letters-container.ts';
import { consumeDependencies } from '../../shared/runtime/consume-dependencies.ts';
import { ScheduleArming } from '../../shared/sweep/schedule-arming.ts';
import { sweep } from '../../shared/sweep/sweep.ts';
import type { HealthStatus } from '../../shared/telemetry/service-health.ts';
import { benchSettings } from '../rigs/bench-settings.ts';
import { service } from '../rigs/kernel/kernel-bench.ts';
import { recordWith } from '../rigs/kernel/records.ts';
import { runtimeBench } from '../rigs/kernel/runtime-bench.ts';
import { eventually } from '../rigs/stack/eventually.ts';

const minute = 60_000;
const schedules = [countDeadLetters, watchHealth];

/** Operations, whose events reach notifications as soon as they are sent; it is ten in the morning in UTC. */
async function desk(environment: Readonly<Record<string, string>> = {}) {
  const bench = await runtimeBench();
  const settings = benchSettings([operations, notifications], { TENANTS: 'main,north', ...environment });
  const runtime = { ...bench.runtime, settings };
  const arming = new ScheduleArming(runtime);
  const consumer = {
    name: 'notifications-on-platform-events',
    service,
    topic: 'platform-events' as const,
    reactions: notifications.subscribers.filter(({ on }) => topicsOf(on).includes('platform-events')),
  };
  let heard = 0;
  return {
    ...bench,
    async tick() {
      await arming.arm({ name: deadLettersContainer, schedules });
      await sweep([{ name: deadLettersContainer, deadlines: [scheduledRuns(schedules)] }], runtime);
    },
    async park(tenant: string, subscriber: string, count: number) {
      for (let letter = 0; letter < count; letter += 1)
        await runtime.deadLetters.park({
          subscriber,
          source: { of: 'event', topic: 'order-events', partition: 0, offset: letter, raw: '' },
          subject: `event-${letter}`,
          day: '2026-11-22',
          error: new TypeError('undefined is no function'),
          attempts: 1,
          cause: { tenant, correlationId: 'c' },
        });
    },
    see: (status: HealthStatus, bus: HealthStatus) =>
      bench.health.set('orders', { status, dependencies: { store: { status: 'ok' }, bus: { status: bus } } }),
    /** What is in it once notifications has heard what was sent so far. */
    async inbox(tenant = 'main') {
      const records = bench.transport.requests.flat().map(({ value }) => recordWith(value));
      const news = records.slice(heard);
      heard = records.length;
      await consumeBatch(news, consumer, consumeDependencies(service, runtime));
      const documents = await bench.documents(`${tenant}/recipient:role/operator`);
      return documents.filter(({ kind }) => kind === 'notification').map(({ subject, body }) => `${subject}: ${body}`);
    },
  };
}

describe('dead letters that wait for a decision', () => {
  it('operators of each tenant are told once a day how many of theirs wait, and of whom the most', async () => {
    const { tick, park, inbox, clock } = await desk({
      DEAD_LETTERS_COUNTED_AT: '11:30',
      OPERATORS_TIME_ZONE: 'Europe/Berlin',
    });
    await park('main', 'reserve-stock', 3);
    await park('main', 'notify-of-order', 1);
    await tick();
    clock.pass(29 * minute);
    await tick();
    expect(await inbox()).toEqual([]);
    clock.pass(minute);
    await tick();
    await tick();
    await eventually(async () => expect(await inbox()).toEqual([expect.stringContaining('wait for a decision: 4: ')]));
    expect((await inbox())[0]).toContain('reserve-stock 3, notify-of-order 1');
    expect(await inbox('north')).toEqual([]);
    clock.pass(24 * 60 * minute);
    await tick();
    await eventually(async () => expect(await inbox()).toHaveLength(2));
  });
});

describe('the health of a service', () => {
  it('operators are told when a service is not well, and when it is again, but not of what they know', async () => {
    const { tick, see, inbox, clock } = await desk();
    await tick();
    const statuses = [
      ['ok', 'ok'],
      ['degraded', 'degraded'],
      ['degraded', 'degraded'],
      ['ok', 'ok'],
      ['ok', 'ok'],
    ] as const;
    for (const [status, bus] of statuses) {
      see(status, bus);
      clock.pass(minute);
      await tick();
    }
    const told = [
      'orders is degraded: The service orders is degraded: bus degraded. GET /health/orders says more.',
      'orders is well again: The service orders is well again.',
    ];
    await eventually(async () => expect(await inbox()).toEqual(told));
  });

  it('what was seen while the bus was away is heard once it is back', async () => {
    const { tick, see, inbox, clock, transport } = await desk();
    await tick();
    transport.beforeAcknowledging = () => Promise.reject(new Error('connection refused'));
    see('degraded', 'degraded');
    clock.pass(minute);
    await tick();
    expect(await inbox()).toEqual([]);
    transport.beforeAcknowledging = async () => undefined;
    see('ok', 'ok');
    clock.pass(minute);
    await tick();
    clock.pass(minute);
    await tick();
    await eventually(async () => expect(await inbox()).toHaveLength(2));
  });
});
