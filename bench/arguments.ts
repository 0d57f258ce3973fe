import { parseArgs } from 'node:util';
import type { Figure } from './figure.ts';

/** What the bench is asked to do. */
export interface BenchArguments {
  readonly chosen: readonly Figure[];
  readonly asJson: boolean;
  readonly windowMs: number;
}

/** The arguments make no sense; the message says which, and how they are meant. */
export class WrongArguments extends Error {
  override readonly name = 'WrongArguments';
}

const options = {
  json: { type: 'boolean', default: false },
  only: { type: 'string' },
  seconds: { type: 'string', default: '6' },
} as const;

const longestSeconds = 600;

/** @throws WrongArguments */
export function readArguments(args: readonly string[], figures: readonly Figure[]): BenchArguments {
  const wrong = (message: string) => new WrongArguments(`${message}\n\n${usage(figures)}`);
  let values: { readonly json: boolean; readonly only?: string | undefined; readonly seconds: string };
  try {
    ({ values } = parseArgs({ args: [...args], options, strict: true }));
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
  const seconds = Number(values.seconds);
  if (!(seconds > 0 && seconds <= longestSeconds))
    throw wrong(`--seconds is "${values.seconds}": give a number above 0, at most ${longestSeconds}.`);
  const keys = values.only?.split(',').map((key) => key.trim()) ?? figures.map(({ key }) => key);
  const unknown = keys.filter((wanted) => !figures.some(({ key }) => key === wanted));
  if (unknown.length > 0) throw wrong(`There is no figure ${unknown.map((key) => `"${key}"`).join(', ')}.`);
  return {
    chosen: figures.filter(({ key }) => keys.includes(key)),
    asJson: values.json,
    windowMs: seconds * 1_000,
  };
}

function usage(figures: readonly Figure[]): string {
  return [
    'Usage: npm run bench -- [--only a,c] [--seconds 6] [--json]',
    '  --only     measure these figures alone',
    '  --seconds  how long each measured stretch is',
    '  --json     print JSON instead of a table',
    'Figures:',
    ...figures.map(({ key, title }) => `  ${key}  ${title}`),
  ].join('\n');
}
