import { expect, it } from 'vitest';
import type { Measurement } from '../../bench/figure.ts';
import { isMet } from '../../bench/report/report.ts';
import { table } from '../../bench/report/table.ts';

const kafka = 'embedded';
const machine = { cpu: 'Abacus', cores: 2, memoryGb: 4, platform: 'linux x64', node: 'v24.0.0', loadBefore: 0.1 };
const ratio: Measurement = {
  what: 'us / them',
  value: 0.594,
  noise: 0.0312,
  unit: 'ratio',
  target: { bound: 'at least', value: 0.6 },
};

it('the table of the bench shows each value with its noise and its target, and below it its components', () => {
  const rows = [
    { figure: 'a', ...ratio },
    { figure: 'a', what: 'us', value: 1_234.5, noise: 12.3, unit: 'per second' as const },
    { figure: 'd', what: 'units', value: 100, unit: 'RU' as const, target: { bound: 'at most' as const, value: 110 } },
  ];
  const text = table({
    machine,
    kafka,
    at: '2026-11-23T10:00:00.000Z',
    windowSeconds: 6,
    rows,
    failed: [],
    skipped: [],
  });
  expect(text.split('\n')).toEqual([
    '2026-11-23T10:00:00.000Z, windows of 6 s',
    'Abacus, 2 cores, 4 GB, linux x64, Node v24.0.0, load before: 0.1',
    '',
    '   measured     value  noise  target',
    'a  us / them     0.59  ±0.03  at least 0.60   missed',
    'a    us       1,235/s  ±12/s',
    'd  units       100 RU         at most 110 RU  met',
    '',
  ]);
});

it('the table of the bench shows a thousandth of a core', () => {
  const rows = [{ figure: 'l', what: 'CPU at rest', value: 0.0412, unit: 'cores' as const }];
  expect(table({ machine, kafka, at: '', windowSeconds: 6, rows, failed: [], skipped: [] })).toContain('0.041 cores');
});

it('the table of the bench shows skipped and failed figures last, with the reason', () => {
  const rows = [{ figure: 'a', ...ratio }];
  const failed = [{ figure: 'g', why: 'connect ECONNREFUSED 127.0.0.1:1\nand more' }];
  const skipped = [{ figure: 'q', why: 'there is no abacus: buy one' }];
  const text = table({ machine, kafka, at: '2026-11-23T10:00:00.000Z', windowSeconds: 6, rows, failed, skipped });
  expect(text.split('\n').slice(4)).toEqual([
    'a  us / them   0.59  ±0.03  at least 0.60  missed',
    'q  skipped: there is no abacus: buy one',
    'g  failed: connect ECONNREFUSED 127.0.0.1:1',
    '',
  ]);
});

it('a value meets its target only on the right side of it', () => {
  expect(isMet(ratio)).toBe(false);
  expect(isMet({ ...ratio, value: 0.6 })).toBe(true);
  expect(isMet({ ...ratio, target: { bound: 'about', value: 0.5 } })).toBe(false);
  expect(isMet({ what: 'of which', value: 1, unit: 'RU' })).toBeUndefined();
});
