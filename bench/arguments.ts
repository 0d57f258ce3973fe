import { parseArgs } from 'node:util';
import type { Figure } from './figure.ts';

/** What the bench is asked to do: to say how it is used, or to measure. */
export type BenchArguments = { readonly kind: 'help'; readonly usage: string } | Measuring;

export interface Measuring {
  readonly kind: 'measure';
  readonly kafka: Kafka;
  readonly chosen: readonly Figure[];
  readonly asJson: boolean;
  readonly windowMs: number;
}

/** The arguments make no sense; the message says which, and how they are meant. */
export class WrongArgumentsError extends Error {
  override readonly name = 'WrongArguments';
}

const options = {
  help: { type: 'boolean', short: 'h', default: false },
  json: { type: 'boolean', default: false },
  only: { type: 'string' },
  kafka: { type: 'string', default: 'embedded' },
  seconds: { type: 'string', default: '6' },
} as const;

const longestSeconds = 600;

/** What the bus of the measured stack is: the embedded broker, or Apache Kafka against it. */
export type Kafka = 'embedded' | 'apache';

/** What can be measured on each bus. */
export type FiguresOn = Readonly<Record<Kafka, readonly Figure[]>>;

/** @throws WrongArgumentsError */
export function readArguments(args: readonly string[], figuresOn: FiguresOn): BenchArguments {
  const wrong = (message: string) => new WrongArgumentsError(`${message}\n\n${usage(figuresOn)}`);
  let values: Values;
  try {
    ({ values } = parseArgs({ args: [...args], options, strict: true }));
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
  if (values.help) return { kind: 'help', usage: usage(figuresOn) };
  const { kafka } = values;
  if (kafka !== 'embedded' && kafka !== 'apache') throw wrong(`--kafka is "${kafka}": give embedded or apache.`);
  const figures = figuresOn[kafka];
  const seconds = Number(values.seconds);
  if (!(seconds > 0 && seconds <= longestSeconds))
    throw wrong(`--seconds is "${values.seconds}": give a number above 0, at most ${longestSeconds}.`);
  const keys = values.only?.split(',').map((key) => key.trim()) ?? figures.map(({ key }) => key);
  const unknown = keys.filter((wanted) => !figures.some(({ key }) => key === wanted));
  if (unknown.length > 0)
    throw wrong(
      `There is no figure ${unknown.map((key) => `"${key}"`).join(', ')} on --kafka ${kafka}: give ${figures.map(({ key }) => key).join(',')} or some of them.`,
    );
  return {
    kind: 'measure',
    kafka,
    chosen: figures.filter(({ key }) => keys.includes(key)),
    asJson: values.json,
    windowMs: seconds * 1_000,
  };
}

interface Values {
  readonly help: boolean;
  readonly json: boolean;
  readonly only?: string | undefined;
  readonly kafka: string;
  readonly seconds: string;
}

function usage({ embedded, apache }: FiguresOn): string {
  const listed = (figures: readonly Figure[]) => figures.map(({ key, title }) => `  ${key}  ${title}`);
  return [
    'Usage: npm run bench -- [--kafka apache] [--only a,c] [--seconds 6] [--json]',
    '  --kafka    embedded (the default), or apache: Apache Kafka against the embedded broker',
    '  --only     measure these figures alone',
    '  --seconds  how long each measured stretch is',
    '  --json     print JSON instead of a table, and nothing else on stdout',
    '  --help     print this',
    'Figures:',
    ...listed(embedded),
    'Figures of --kafka apache:',
    ...listed(apache),
  ].join('\n');
}
