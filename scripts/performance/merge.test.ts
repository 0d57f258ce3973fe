import { describe, expect, it } from 'vitest';
import { merge } from './merge.ts';
import { parseJson, readJson, UnusableFileError } from './read-json.ts';
import { BenchReport, KeptResults } from './results.ts';

const machine = { cpu: 'Abacus', cores: 2, memoryGb: 4, platform: 'linux x64', node: 'v24.0.0', loadBefore: 0.1 };
const target = { bound: 'at least', value: 0.5 } as const;
const ratio = (figure: string, value: number | null) => ({
  figure,
  what: 'us / them',
  value,
  noise: 0.01,
  unit: 'ratio',
  target,
});
const report = (at: string, rows: readonly object[], rest: object = {}) =>
  BenchReport.parse({ machine, at, windowSeconds: 2, rows, failed: [], ...rest });

const [earlier, later] = ['2026-11-29T10:00:00.000Z', '2026-11-29T11:00:00.000Z'];
const nothing: KeptResults = { embedded: {}, apache: {} };
const { results: kept } = merge(nothing, report(earlier, [ratio('a', 0.6), ratio('b', 0.7)]));

describe('merging a report of the bench into what is kept', () => {
  it('a figure of a newer report takes the place of the kept one, with its date and machine, and the others stay', () => {
    const { results, left } = merge(
      kept,
      report(later, [ratio('b', 0.81)], { machine: { ...machine, cpu: 'Babbage' } }),
    );
    expect(left).toEqual([]);
    expect(results.embedded.a).toEqual(kept.embedded.a);
    expect(results.embedded.b).toMatchObject({ at: later, machine: { cpu: 'Babbage' }, rows: [{ value: 0.81 }] });
  });

  it('a figure on Apache Kafka is kept apart from that on the embedded broker with the same letter', () => {
    const { results } = merge(kept, report(later, [ratio('a', 1.1)], { kafka: 'apache' }));
    expect(results.embedded).toEqual(kept.embedded);
    expect(results.apache.a?.rows[0]?.value).toBe(1.1);
  });

  it('an older report, a failed figure and a skipped one leave what is kept, and it is said', () => {
    const skipped = [{ figure: 'a', why: 'there is no PostgreSQL' }];
    const failed = [{ figure: 'b', why: 'connect ECONNREFUSED\nat …' }];
    const { results, left } = merge(kept, report(later, [], { failed, skipped }));
    expect(results).toEqual(kept);
    expect(left).toEqual([
      '(a) was skipped, what was kept stays: there is no PostgreSQL',
      '(b) failed, what was kept stays: connect ECONNREFUSED',
    ]);
    const old = merge(kept, report('2026-11-28', [ratio('a', 0.1)]));
    expect(old).toEqual({ results: kept, left: [`(a) was kept from ${earlier}, which is newer than 2026-11-28`] });
  });

  it('what is kept has four digits, and what never came to an end stays without a number', () => {
    const { results } = merge(nothing, report(later, [ratio('a', 0.123456), ratio('b', null)]));
    const written = KeptResults.parse(JSON.parse(JSON.stringify(results)));
    expect(written.embedded.a?.rows[0]?.value).toBe(0.1235);
    expect(written.embedded.b?.rows[0]?.value).toBeNaN();
  });
});

describe('a file that is no report of the bench', () => {
  it.each([
    [
      'text before the JSON',
      '> lagerhaus@0.1.0 bench\n{}',
      /new\.json is no JSON .*npm run -s bench -- --json > FILE/s,
    ],
    ['JSON of something else', '{"rows":[]}', /new\.json is no result of the bench:[\s\S]*machine/],
    [
      'a unit that nobody knows',
      JSON.stringify({ ...report(later, []), rows: [{ ...ratio('a', 1), unit: 'furlongs' }] }),
      /rows\[0\]\.unit/,
    ],
  ])('a file with %s is refused with what is wrong and how to write it', (_, text, message) => {
    expect(() => parseJson(text, BenchReport, 'new.json')).toThrow(UnusableFileError);
    expect(() => parseJson(text, BenchReport, 'new.json')).toThrow(message);
  });

  it('a file that is not there is named', () => {
    expect(() => readJson('/nowhere/new.json', BenchReport)).toThrow('/nowhere/new.json cannot be read');
  });
});
