import { describe, expect, it } from 'vitest';
import type { Figure, Measurement } from '../../bench/figure.ts';
import { measureFigures } from '../../bench/measure-figures.ts';

const speed: Measurement = { what: 'speed', value: 7, unit: 'per second' };
const figure = (key: string, measure: Figure['measure']): Figure => ({ key, title: `Figure ${key}`, measure });
const works = (key: string) => figure(key, async () => [speed]);
const breaks = (key: string) =>
  figure(key, async () => {
    throw new Error(`${key} is broken`);
  });

async function measured(figures: readonly Figure[], interruption = new AbortController()) {
  const told: string[] = [];
  const result = await measureFigures(figures, {
    windowMs: 1,
    interrupted: interruption.signal,
    begins: ({ key }) => told.push(`${key} begins`),
    skips: ({ key }, why) => told.push(`${key} is skipped: ${why}`),
    fails: ({ key }, error) => told.push(`${key} fails with ${String(error)}`),
  });
  return { ...result, told };
}

describe('a run of several figures', () => {
  it('a run of several figures keeps the others when one fails, and tells which and why', async () => {
    const { rows, failed, told } = await measured([works('a'), breaks('b'), works('c')]);
    expect(rows.map(({ figure: key, what }) => [key, what])).toEqual([
      ['a', 'speed'],
      ['c', 'speed'],
    ]);
    expect(failed).toEqual([{ figure: 'b', why: 'b is broken' }]);
    expect(told).toEqual(['a begins', 'b begins', 'b fails with Error: b is broken', 'c begins']);
  });

  it('a run of several figures skips one that this machine cannot measure, and tells what is missing', async () => {
    const needy: Figure = { ...breaks('b'), prepare: async () => 'there is no abacus: buy one' };
    const ready: Figure = { ...works('c'), prepare: async () => undefined };
    const { rows, failed, skipped, told } = await measured([works('a'), needy, ready]);
    expect(rows.map(({ figure: key }) => key)).toEqual(['a', 'c']);
    expect(failed).toEqual([]);
    expect(skipped).toEqual([{ figure: 'b', why: 'there is no abacus: buy one' }]);
    expect(told).toEqual(['a begins', 'b begins', 'b is skipped: there is no abacus: buy one', 'c begins']);
  });

  it('an interrupted run begins no further figure and reports no failure of the one it broke', async () => {
    const interruption = new AbortController();
    const interrupted = figure('b', async () => {
      interruption.abort();
      throw new Error('everything is being stopped');
    });
    const { failed, told } = await measured([works('a'), interrupted, works('c')], interruption);
    expect(failed).toEqual([]);
    expect(told).toEqual(['a begins', 'b begins']);
  });
});
