import { expect, it } from 'vitest';
import { deadline } from '../../../shared/capabilities/deadline.ts';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import { sweepService } from '../../../shared/sweep/sweep.ts';
import { SweepTimer } from '../../../shared/sweep/sweep-timer.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { meetReminder, Reminder, remind } from '../../rigs/kernel/reminder.ts';
import { type RuntimeBench, runtimeBench } from '../../rigs/kernel/runtime-bench.ts';
import { eventually } from '../../rigs/stack/eventually.ts';

const boundary = 'main/counters:a';
const dueAt = '2026-11-22T10:00:00.000Z';
const longestTickMs = 1;

const metAt = async ({ containerOf }: RuntimeBench, id: string) =>
  (await containerOf(deadLettersContainer).read(boundary, `reminder:${id}`))?.metAt;

/** A handler that is stuck until the test lets it go, beside a service that is well. */
async function halfStuck() {
  const bench = await runtimeBench();
  const answer = Promise.withResolvers<void>();
  const seen = { visits: 0 };
  const stuck = deadline({
    name: 'stuck',
    on: Reminder,
    async handle(reminder) {
      seen.visits += 1;
      await answer.promise;
      reminder.put({});
    },
  });
  const swept = [
    { name: service, deadlines: [stuck] },
    { name: deadLettersContainer, deadlines: [meetReminder] },
  ].map((one) => ({
    name: one.name,
    dueTimes: bench.containerOf(one.name).dueTimes,
    sweep: () => sweepService(one, bench.runtime),
  }));
  await remind(bench, { boundary, dueAt });
  return { bench, swept, seen, release: () => answer.resolve() };
}

it('a sweep that waits for one service ends its tick, meets the deadlines of other services, and is not started twice', async () => {
  const { bench, swept, seen, release } = await halfStuck();
  const timer = new SweepTimer(swept, bench.runtime, { longestTickMs });
  for (const id of ['one', 'two']) {
    await remind(bench, { service: deadLettersContainer, boundary, dueAt }, [id]);
    await eventually(async () => {
      await timer.tick();
      expect(await metAt(bench, id)).toBeDefined();
    });
  }
  expect(seen.visits).toBe(1);
  release();
});

it('a sweep that hangs is started again after some time', async () => {
  const { bench, swept, seen, release } = await halfStuck();
  const timer = new SweepTimer(swept, bench.runtime, { longestTickMs, longestSweepMs: 1 });
  await eventually(async () => {
    await timer.tick();
    expect(seen.visits).toBeGreaterThan(1);
  });
  release();
});
