import { expect, it } from 'vitest';
import { deadline } from '../../../shared/capabilities/deadline.ts';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
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

it('a sweep that waits for one service ends its tick, meets the deadlines of other services, and is not started twice', async () => {
  const bench = await runtimeBench();
  const answer = Promise.withResolvers<void>();
  let visits = 0;
  const waiting = deadline({
    name: 'waiting',
    on: Reminder,
    async handle(reminder) {
      visits += 1;
      await answer.promise;
      reminder.put({});
    },
  });
  const services = [
    { name: service, deadlines: [waiting] },
    { name: deadLettersContainer, deadlines: [meetReminder] },
  ];
  const timer = new SweepTimer(services, bench.runtime, { longestTickMs });
  await remind(bench, { boundary, dueAt });
  for (const id of ['one', 'two']) {
    await remind(bench, { service: deadLettersContainer, boundary, dueAt }, [id]);
    await eventually(async () => {
      await timer.tick();
      expect(await metAt(bench, id)).toBeDefined();
    });
  }
  expect(visits).toBe(1);
  answer.resolve();
});
