import { describe, expect, it } from 'vitest';
import { figuresTable, runsTable } from './figures-table.ts';
import { plotsOf } from './plots.ts';
import type { KeptFigure, Measured } from './results.ts';

const machine = { cpu: 'Abacus', cores: 2, memoryGb: 4, platform: 'linux x64', node: 'v24.0.0', loadBefore: 0.1 };
const figure = (at: string, ...rows: readonly Measured[]): KeptFigure => ({
  at,
  machine,
  windowSeconds: 2,
  rows: [...rows],
});
const ratio: Measured = {
  what: 'us <fast> / them',
  value: 0.4,
  noise: 0.1,
  unit: 'ratio',
  target: { bound: 'at least', value: 0.5 },
};
const rate: Measured = { what: 'us', value: 1_234.5, noise: 12, unit: 'per second' };
const charged = (value: number): Measured => ({ what: 'orders: create outbox', value, noise: 0.2, unit: 'RU' });

const now = {
  c: figure('2026-11-29T10:00:00.000Z', ratio, rate),
  d: figure('2026-11-29T10:00:00.000Z', charged(6)),
  r: figure(
    '2026-11-29T10:00:00.000Z',
    { ...rate, what: 'at 4 times: taken, and confirmed in the end' },
    { ...rate, what: 'at 4 times: refused' },
  ),
  q: figure('2026-11-29T10:00:00.000Z', { ...rate, what: 'Lagerhaus: orders confirmed' }),
};
const before = { c: figure('2026-11-28', { ...ratio, value: 0.3 }), d: figure('2026-11-28', charged(12)) };
const plots = plotsOf(now, before);
const plotNamed = (name: string) => plots.find((plot) => plot.name === name)?.svg ?? '';

describe('the plots of what was measured', () => {
  it('a plot is drawn for each kind of figure that there are values for, and none for others', () => {
    expect(plots.map(({ name }) => name)).toEqual(['ratios', 'order-request-units', 'overload-rates', 'peers']);
    expect(plotsOf({}, {})).toEqual([]);
  });

  it('a plot says its values in words, for whoever does not see it', () => {
    const description = (name: string) => /<desc id="description">(.*)<\/desc>/.exec(plotNamed(name))?.[1];
    expect(description('ratios')).toBe('(c) us &lt;fast&gt; / them: 0.40 ±0.10, at least 0.50: missed');
    expect(description('order-request-units')).toBe(
      'RU per confirmed order. orders: create outbox: now (2026-11-29) 6 ±0.2, before (2026-11-28) 12 ±0.2',
    );
    expect(description('overload-rates')).toBe(
      'orders per second. 4 times what can be confirmed: taken, and confirmed in the end 1,235 ±12, refused 1,235 ±12',
    );
    expect(description('peers')).toBe('orders per second. Lagerhaus: 1,235 ±12');
    expect(plotNamed('ratios')).toMatch(
      /role="img" aria-labelledby="title description"[\s\S]*<title id="title">Ratios/,
    );
  });

  it('a plot shows value, noise and target at their places on one axis, whose unit is told', () => {
    const svg = plotNamed('ratios');
    const placeOf = (number: string) => Number(new RegExp(`<text x="([\\d.]+)"[^>]*>${number}</text>`).exec(svg)?.[1]);
    const tenth = placeOf('0.1') - placeOf('0');
    const places = (pattern: RegExp) => [...svg.matchAll(pattern)].map(([, x]) => (Number(x) - placeOf('0')) / tenth);
    expect(places(/<circle cx="([\d.]+)" [^>]*r="5.5" class="missed"/g).at(-1)).toBeCloseTo(4, 1);
    expect(places(/<line x1="([\d.]+)" [^>]*class="target"/g).at(-1)).toBeCloseTo(5, 1);
    expect(places(/<line x1="([\d.]+)" [^>]*class="whisker"/g).slice(-3)).toEqual(
      [3, 3, 5].map((x) => expect.closeTo(x, 1)),
    );
    expect(svg).toContain('>ratio (1: as much as what it is measured against)</text>');
  });

  it('a plot has colours for light and for dark pages, and a ground of its own', () => {
    for (const { svg } of plots) expect(svg).toMatch(/prefers-color-scheme: dark[\s\S]*<rect [^>]*class="paper"\/>/);
  });

  it('the same values give the same plots', () => {
    expect(plotsOf(structuredClone(now), structuredClone(before))).toEqual(plots);
  });
});

describe('the table of what was measured', () => {
  it('the table of what was measured shows value, target, what was before, rates and day of each figure', () => {
    expect(figuresTable(now, before).split('\n')).toEqual([
      '|  | measured | now | target |  | before | from | day |',
      '|---|---|---|---|---|---|---|---|',
      '| c | us <fast> / them | **0.40 ±0.10** | at least 0.50 | **missed** | 0.30 ±0.10 | us 1,235 ±12/s | 2026-11-29 |',
      '| d | orders: create outbox | **6 ±0.2 RU** |  |  | 12 ±0.2 RU |  | 2026-11-29 |',
      '| q | Lagerhaus: orders confirmed | **1,235 ±12/s** |  |  |  | Lagerhaus: orders confirmed 1,235 ±12/s | 2026-11-29 |',
      expect.stringMatching(/^\| r \| at 4 times: taken/),
    ]);
  });

  it('the runs that figures are of are told once each, with machine and load', () => {
    expect(
      runsTable({ embedded: now, apache: { c: before.c } })
        .split('\n')
        .slice(2),
    ).toEqual([
      '| 2026-11-29 10:00 | c, d, q, r | Abacus, 2 cores, 4 GB, linux x64, Node v24.0.0 | 0.1 | 2 s |',
      '| 2026-11-28 | c on Apache Kafka | Abacus, 2 cores, 4 GB, linux x64, Node v24.0.0 | 0.1 | 2 s |',
    ]);
  });
});
