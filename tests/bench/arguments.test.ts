import { describe, expect, it } from 'vitest';
import { readArguments } from '../../bench/arguments.ts';
import type { Figure } from '../../bench/figure.ts';

const figure = (key: string): Figure => ({ key, title: `Figure ${key}`, measure: async () => [] });
const figures = [figure('a'), figure('b'), figure('c')];
const onApache = [figure('a')];
const asked = (...args: string[]) => readArguments(args, { embedded: figures, apache: onApache });

function read(...args: string[]) {
  const measuring = asked(...args);
  if (measuring.kind !== 'measure') throw new Error('nothing is to be measured');
  return measuring;
}

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
    ['--help'],
    ['-h'],
    ['--help', '--only', 'x'],
  ])('the bench takes a call for help before all else: %s %s %s', (...args) => {
    expect(asked(...args)).toEqual({
      kind: 'help',
      usage: expect.stringMatching(/^Usage: npm run bench[\s\S]*b {2}Figure b/),
    });
  });
  it.each([
    [['--only', 'a,x'], 'There is no figure "x" on --kafka embedded: give a,b,c or some of them.'],
    [['--only', ''], 'There is no figure ""'],
    [['--seconds', 'long'], '--seconds is "long"'],
    [['--seconds', '0'], '--seconds is "0"'],
    [['--seconds', '601'], 'give a number above 0, at most 600'],
    [['--only'], '--only'],
    [['--jsonn'], '--jsonn'],
    [['a'], "'a'"],
    [['--kafka', 'confluent'], '--kafka is "confluent"'],
    [['--kafka', 'apache', '--only', 'c'], 'There is no figure "c" on --kafka apache'],
  ])('the arguments %j are refused with what is wrong and how to use the bench', (args, complaint) => {
    expect(() => read(...args)).toThrow(expect.objectContaining({ message: expect.stringContaining(complaint) }));
    expect(() => read(...args)).toThrow(/Usage: npm run bench[\s\S]*b {2}Figure b/);
  });
});
