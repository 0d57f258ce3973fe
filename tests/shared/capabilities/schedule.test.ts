import { describe, expect, it } from 'vitest';
import { defineService } from '../../../shared/capabilities/define-service.ts';
import type { Recurrence } from '../../../shared/capabilities/recurrence.ts';
import { type Schedule, schedule } from '../../../shared/capabilities/schedule.ts';
import type { Tenants } from '../../../shared/settings/tenants.ts';
import { ScheduleArming } from '../../../shared/sweep/schedule-arming.ts';
import { sweep } from '../../../shared/sweep/sweep.ts';
import { Counted, Counter } from '../../rigs/kernel/counter.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { type RuntimeBench, runtimeBench } from '../../rigs/kernel/runtime-bench.ts';

const minute = 60_000;

/** Counts its ticks, and keeps them. */
function counting(
  recurs: Recurrence,
  {
    runsFor = 'the-system',
    fails = () => false,
  }: Partial<Pick<Parameters<typeof schedule>[0], 'runsFor'> & { fails: () => boolean }> = {},
) {
  const ticks: string[] = [];
  const one = schedule({
    name: 'count-ticks',
    recurs,
    runsFor,
    async handle(work, { tick }) {
      ticks.push(tick);
      if (fails()) throw new Error('no ticks today');
      (await work.load(Counter, 'ticks')).record(Counted({ counter: 'ticks', by: 1 }));
    },
  });
  return { one, ticks };
}

/** What an instance does at a tick of its timer. */
function instanceOf(bench: RuntimeBench, one: Schedule, tenants: Tenants = ['main']) {
  const { deadlines, schedules } = defineService({ name: service, summary: 'Counts ticks.', capabilities: [one] });
  const runtime = { ...bench.runtime, settings: { ...bench.runtime.settings, TENANTS: tenants } };
  const arming = new ScheduleArming(runtime);
  return async () => {
    await arming.arm({ name: service, schedules });
    await sweep([{ name: service, deadlines }], runtime);
  };
}

const stored = ({ container }: RuntimeBench, tenant = 'main') =>
  container.read(`${tenant}/schedule:count-ticks`, 'schedule:count-ticks');
const counted = async ({ container }: RuntimeBench, tenant = 'main') =>
  (await container.read(`${tenant}/schedule:count-ticks`, 'counter:ticks'))?.count;

describe('a schedule', () => {
  it('a schedule runs at each of its ticks, once, and what it records is committed with the tick', async () => {
    const bench = await runtimeBench();
    const { one, ticks } = counting({ every: 'PT1M' });
    const instance = instanceOf(bench, one);
    await instance();
    expect(ticks).toEqual([]);
    for (const _ of [1, 2]) {
      bench.clock.pass(minute);
      await instance();
      await instance();
    }
    expect(ticks).toEqual(['2026-11-22T10:01:00.000Z', '2026-11-22T10:02:00.000Z']);
    expect(await counted(bench)).toBe(2);
  });

  it('ticks that were missed are one, and the next keeps its distance', async () => {
    const bench = await runtimeBench();
    const { one, ticks } = counting({ every: 'PT1H' });
    await instanceOf(bench, one)();
    bench.clock.pass(50.5 * 60 * minute);
    await instanceOf(bench, one)();
    expect(ticks).toEqual(['2026-11-22T11:00:00.000Z']);
    expect((await stored(bench))?.dueAt).toBe('2026-11-24T13:00:00.000Z');
  });

  it('of instances that sweep side by side one runs a tick', async () => {
    const bench = await runtimeBench();
    const { one } = counting({ every: 'PT1M' });
    const instances = [1, 2, 3, 4].map(() => instanceOf(bench, one));
    const all = () => Promise.all(instances.map((instance) => instance()));
    await all();
    for (let tick = 1; tick <= 5; tick += 1) {
      bench.clock.pass(minute);
      await all();
      await all();
      expect(await counted(bench)).toBe(tick);
    }
  });

  it('a schedule for each tenant runs for those that TENANTS names, and sleeps for one that it names no more', async () => {
    const bench = await runtimeBench();
    const { one, ticks } = counting({ every: 'PT1M' }, { runsFor: 'each-tenant' });
    await instanceOf(bench, one, ['main', 'north'])();
    bench.clock.pass(minute);
    await instanceOf(bench, one, ['main'])();
    expect(ticks).toHaveLength(1);
    expect([await counted(bench), await counted(bench, 'north')]).toEqual([1, undefined]);
    expect((await stored(bench, 'north'))?.dueAt).toBeUndefined();
    bench.clock.pass(10 * minute);
    const again = instanceOf(bench, one, ['main', 'north']);
    await again();
    bench.clock.pass(minute);
    await again();
    expect([await counted(bench), await counted(bench, 'north')]).toEqual([3, 1]);
  });

  it('for the system a schedule runs once, as the tenant of who names none', async () => {
    const bench = await runtimeBench();
    const { one } = counting({ every: 'PT1M' });
    const instance = instanceOf(bench, one, ['south', 'north']);
    await instance();
    bench.clock.pass(minute);
    await instance();
    expect([await counted(bench, 'south'), await counted(bench, 'north')]).toEqual([1, undefined]);
  });

  it('a schedule that recurs in another way by now is armed anew at the start', async () => {
    const bench = await runtimeBench();
    await instanceOf(bench, counting({ every: 'P7D' }).one)();
    expect((await stored(bench))?.dueAt).toBe('2026-11-29T10:00:00.000Z');
    await instanceOf(bench, counting({ daily: '12:15', zone: 'Europe/Berlin' }).one)();
    expect((await stored(bench))?.dueAt).toBe('2026-11-22T11:15:00.000Z');
  });

  it('a tick that was missed is made up for when the schedule recurs in another way by now', async () => {
    const bench = await runtimeBench();
    await instanceOf(bench, counting({ daily: '12:00', zone: 'UTC' }).one)();
    bench.clock.pass(3 * 60 * minute);
    const { one, ticks } = counting({ daily: '12:30', zone: 'UTC' });
    await instanceOf(bench, one)();
    expect(ticks).toEqual(['2026-11-22T12:00:00.000Z']);
    expect((await stored(bench))?.dueAt).toBe('2026-11-23T12:30:00.000Z');
  });

  it('a schedule that comes back after its tick was given up as nobody’s is armed again', async () => {
    const bench = await runtimeBench();
    const { one } = counting({ every: 'PT1M' });
    const { one: other } = { one: { ...counting({ every: 'PT1M' }).one, name: 'another' } };
    await instanceOf(bench, one)();
    bench.clock.pass(8 * 24 * 60 * minute);
    await instanceOf(bench, other)();
    expect((await stored(bench))?.parkedDueAt).toBe('2026-11-22T10:01:00.000Z');
    const again = instanceOf(bench, one);
    await again();
    bench.clock.pass(minute);
    await again();
    expect(await counted(bench)).toBe(1);
  });

  it('a schedule that older code has put to sleep is armed again within two hours', async () => {
    const bench = await runtimeBench();
    const { one } = counting({ every: 'PT1M' }, { runsFor: 'each-tenant' });
    const newer = instanceOf(bench, one, ['main', 'north']);
    await newer();
    bench.clock.pass(minute);
    await instanceOf(bench, one, ['main'])();
    for (let hour = 0; hour < 2; hour += 1) {
      bench.clock.pass(60 * minute);
      await newer();
    }
    expect(await counted(bench, 'north')).toBe(1);
  });

  it('a tick by older code does not pass for one of the recurrence that newer code has armed', async () => {
    const bench = await runtimeBench();
    const older = instanceOf(bench, counting({ every: 'P7D' }).one);
    await older();
    await instanceOf(bench, counting({ every: 'PT1M' }).one)();
    bench.clock.pass(minute);
    await older();
    expect((await stored(bench))?.dueAt).toBe('2026-11-29T10:01:00.000Z');
    await instanceOf(bench, counting({ every: 'PT1M' }).one)();
    expect((await stored(bench))?.dueAt).toBe('2026-11-22T10:02:00.000Z');
  });

  it('a schedule is armed at a later tick of the timer where the store refused it', async () => {
    const bench = await runtimeBench();
    const { one } = counting({ every: 'PT1M' });
    const instance = instanceOf(bench, one);
    const again = bench.faults.always('Batch', refuse(503));
    await instance();
    expect(await stored(bench)).toBeUndefined();
    again();
    await instance();
    expect(await stored(bench)).toBeDefined();
  });
});

describe('a tick that fails', () => {
  it('a tick that fails is tried again soon, and what it recorded is not kept', async () => {
    const bench = await runtimeBench();
    let fails = true;
    const { one, ticks } = counting({ every: 'PT1H' }, { fails: () => fails });
    const instance = instanceOf(bench, one);
    await instance();
    bench.clock.pass(60 * minute);
    await instance();
    fails = false;
    bench.clock.pass(minute);
    await instance();
    expect(ticks).toEqual(['2026-11-22T11:00:00.000Z', '2026-11-22T11:00:00.000Z']);
    expect(await counted(bench)).toBe(1);
    expect((await stored(bench))?.dueAt).toBe('2026-11-22T12:00:00.000Z');
  });

  it('a tick that fails for good is a dead letter, and the next one comes all the same', async () => {
    const bench = await runtimeBench();
    let fails = true;
    const { one, ticks } = counting({ every: 'PT24H' }, { fails: () => fails });
    const instance = instanceOf(bench, one);
    await instance();
    bench.clock.pass(24 * 60 * minute);
    for (let visit = 0; visit < 12; visit += 1) {
      await instance();
      bench.clock.pass(20 * minute);
    }
    expect(ticks).toHaveLength(8);
    fails = false;
    bench.clock.pass(24 * 60 * minute);
    await instance();
    expect(ticks.slice(-2)).toEqual(['2026-11-23T10:00:00.000Z', '2026-11-24T10:00:00.000Z']);
    expect(await counted(bench)).toBe(1);
  });
});
