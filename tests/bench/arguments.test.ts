import { describe, expect, it } from 'vitest';
import { readArguments } from '../../bench/arguments.ts';
import type { Figure } from '../../bench/figure.ts';

const figure = (key: string): Figure => ({ key, title: `Figure ${key}`, measure: async () => [] });
const figures = [figure('a'), figure('b'), figure('c')];
const onApache = [figure('a')];
const read = (...args: string[]) => readArguments(args, { embedded: figures, apache: onApache });

describe('the arguments of the bench', () => {
  it('the bench measures all figures unless some are named by --only', () => {
    expect(read().chosen).toEqual(figures);
    expect(read('--only', 'c, a').chosen.map(({ key }) => key)).toEqual(['a', 'c']);
  });
  it('the bench measures other figures on Apache Kafka', () => {
    expect(read('--kafka', 'apache').chosen).toEqual(onApache);
  });
  it('the bench takes the length of a window from --seconds', () => {
    expect(read('--seconds', '0.5').windowMs).toBe(500);
  });
  it.each([
    [['--only', 'a,x'], 'There is no figure "x"'],
    [['--only', ''], 'There is no figure ""'],
    [['--seconds', 'long'], '--seconds is "long"'],
    [['--seconds', '0'], '--seconds is "0"'],
    [['--jsonn'], '--jsonn'],
    [['a'], "'a'"],
    [['--kafka', 'confluent'], '--kafka is "confluent"'],
    [['--kafka', 'apache', '--only', 'c'], 'There is no figure "c" on --kafka apache'],
  ])('the arguments %j are refused with what is wrong and how to use the bench', (args, complaint) => {
    expect(() => read(...args)).toThrow(expect.objectContaining({ message: expect.stringContaining(complaint) }));
    expect(() => read(...args)).toThrow(/Usage: npm run bench[\s\S]*b {2}Figure b/);
  });
});
