import { describe, expect, it } from 'vitest';
import { deadline } from '../../../shared/capabilities/deadline.ts';
import { dueAtOnce } from '../../../shared/model/due-at-once.ts';
import { sweep } from '../../../shared/sweep/sweep.ts';
import { VisitsAtOnce } from '../../../shared/sweep/visits-at-once.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { meetReminder, Reminder, remind } from '../../rigs/kernel/reminder.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';

const boundary = 'main/counters:a';
const cause = { tenant: 'main', correlationId: 'c' };

/** Notes down when a reminder was met, which is at once where that is soon. */
const meetAtOnce = deadline({
  name: 'meet-at-once',
  on: Reminder,
  isDueAtOnce: () => true,
  async handle(reminder, _, { now }) {
    reminder.put({ metAt: now.toISOString() });
  },
});

/** A process that visits what it commits. */
async function visitingBench(meet = meetAtOnce) {
  const bench = await runtimeBench();
  const visitors = { name: service, deadlines: [meet] };
  const visits = new VisitsAtOnce(visitors, bench.runtime);
  return {
    ...bench,
    visits,
    sweep: () => sweep([visitors], bench.runtime),
    async remind(dueAt: string) {
      const work = bench.runtime.openUnitOfWork({ service, boundary, cause });
      (await work.expectNew(Reminder, 'r')).put({ dueAt });
      await work.commit();
      await visits.idle();
    },
    stored: () => bench.container.read(boundary, 'reminder:r'),
  };
}

describe('a deadline that is due at once', () => {
  it('a deadline that is due at once is met by the process that commits it, without any sweep', async () => {
    const bench = await visitingBench();
    await bench.remind(dueAtOnce(bench.clock.now()));
    expect(await bench.stored()).toMatchObject({ metAt: '2026-11-22T10:00:00.000Z' });
    expect(await bench.stored()).not.toHaveProperty('dueAt');
  });

  it('a deadline that is due at once is met by the sweep after ten seconds, where its process was killed', async () => {
    const bench = await visitingBench();
    await remind(bench, { boundary, dueAt: dueAtOnce(bench.clock.now()) });
    await bench.sweep();
    expect(await bench.stored()).not.toHaveProperty('metAt');
    bench.clock.pass(10_000);
    await bench.sweep();
    expect(await bench.stored()).toHaveProperty('metAt');
  });

  it('a deadline that is due later, or that is not asked for at once, is not met before its time', async () => {
    const later = await visitingBench();
    await later.remind('2026-11-22T10:00:10.001Z');
    expect(await later.stored()).not.toHaveProperty('metAt');
    const patient = await visitingBench(meetReminder);
    await patient.remind(dueAtOnce(patient.clock.now()));
    expect(await patient.stored()).not.toHaveProperty('metAt');
  });

  it('a deadline that asks for another visit at once has one right after the other', async () => {
    let visits = 0;
    const inSteps = deadline({
      name: 'in-steps',
      on: Reminder,
      isDueAtOnce: () => true,
      async handle(reminder, _, { now }) {
        visits += 1;
        reminder.put(visits < 3 ? { dueAt: dueAtOnce(now, reminder.state.dueAt) } : {});
      },
    });
    const bench = await visitingBench(inSteps);
    await bench.remind(dueAtOnce(bench.clock.now()));
    expect(visits).toBe(3);
  });

  it('a deadline that fails at once is postponed as any other is, and met by the sweep', async () => {
    let isBroken = true;
    const broken = deadline({
      name: 'broken',
      on: Reminder,
      isDueAtOnce: () => true,
      async handle(reminder, _, { now }) {
        if (isBroken) throw new TypeError('undefined is no function');
        reminder.put({ metAt: now.toISOString() });
      },
    });
    const bench = await visitingBench(broken);
    await bench.remind(dueAtOnce(bench.clock.now()));
    expect(await bench.stored()).toMatchObject({ dueAttempts: 1, dueAt: '2026-11-22T10:00:05.000Z' });
    isBroken = false;
    bench.clock.pass(5_000);
    await bench.sweep();
    expect(await bench.stored()).toHaveProperty('metAt');
  });

  it('a process that stops leaves what it makes due at once to the sweep', async () => {
    const bench = await visitingBench();
    await bench.visits.stop();
    await bench.remind(dueAtOnce(bench.clock.now()));
    expect(await bench.stored()).not.toHaveProperty('metAt');
  });
});
