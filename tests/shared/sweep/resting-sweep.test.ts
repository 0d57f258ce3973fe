import { describe, expect, it } from 'vitest';
import { later } from '../../../shared/clock.ts';
import { sweepService } from '../../../shared/sweep/sweep.ts';
import { SweepTimer } from '../../../shared/sweep/sweep-timer.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { meetReminder, Reminder, remind } from '../../rigs/kernel/reminder.ts';
import { type RuntimeBench, runtimeBench } from '../../rigs/kernel/runtime-bench.ts';

const boundary = 'main/counters:a';
const swept = { name: service, deadlines: [meetReminder] };
const second = 1_000;

/** A process that sweeps each second of the bench's clock, and has asked once. */
async function sweepingProcess() {
  const bench = await runtimeBench();
  const { dueTimes } = bench.container;
  const timer = new SweepTimer(
    [{ name: service, dueTimes, sweep: () => sweepService(swept, bench.runtime) }],
    bench.runtime,
  );
  const passSeconds = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 1) {
      bench.clock.pass(second);
      await timer.tick();
    }
  };
  await timer.tick();
  bench.faults.recount();
  return { ...bench, passSeconds, in: (milliseconds: number) => later(bench.clock.now(), milliseconds) };
}

/** Another process than the one that sweeps makes a reminder. */
async function remindElsewhere({ openElsewhere }: RuntimeBench, dueAt: string): Promise<void> {
  const work = openElsewhere(boundary);
  (await work.expectNew(Reminder, 'r')).put({ dueAt });
  await work.commit();
}

const metAt = async ({ container }: RuntimeBench) => (await container.read(boundary, 'reminder:r'))?.metAt;

describe('a sweep at rest', () => {
  it('a sweep at rest asks every five seconds, though it is called each second', async () => {
    const process = await sweepingProcess();
    await process.passSeconds(20);
    expect(process.faults.count('Query')).toBe(2 * 4);
  });

  it('a sweep at rest meets what its own process makes due within moments in the second in which it is due', async () => {
    const process = await sweepingProcess();
    await process.passSeconds(1);
    const dueAt = process.in(2 * second);
    await remind(process, { boundary, dueAt });
    await process.passSeconds(3);
    expect(await metAt(process)).toBe(dueAt);
  });

  it('a sweep at rest meets what its own process is late with in the next second', async () => {
    const process = await sweepingProcess();
    await process.passSeconds(1);
    await remind(process, { boundary, dueAt: process.in(-second) });
    const next = process.in(second);
    await process.passSeconds(3);
    expect(await metAt(process)).toBe(next);
  });

  it('a sweep at rest meets what another process left for later in the second in which it is due', async () => {
    const process = await sweepingProcess();
    const dueAt = process.in(8 * second);
    await remindElsewhere(process, dueAt);
    await process.passSeconds(10);
    expect(await metAt(process)).toBe(dueAt);
  });

  it('a sweep at rest finds what another process left for at once when it has rested', async () => {
    const process = await sweepingProcess();
    await remindElsewhere(process, process.in(second));
    await process.passSeconds(5);
    expect(await metAt(process)).toBeDefined();
  });

  it('a sweep that failed asks again in the next second', async () => {
    const process = await sweepingProcess();
    process.faults.next('Query', refuse(503));
    await process.passSeconds(5);
    process.faults.recount();
    await process.passSeconds(1);
    expect(process.faults.count('Query')).toBe(2);
  });
});
