import type { Measurement, Target } from '../figure.ts';
import { sideBySide } from '../side-by-side.ts';
import { typical } from '../typical.ts';
import { closedLoop } from './closed-loop.ts';

export interface BesideBare {
  /** Where the app listens that has both functions, and one that tells its CPU time (`apps/beside/cpu-time.ts`). */
  readonly url: string;
  /** What the function is called in the table. */
  readonly name: string;
  /** The bytes of a request to it, see `jsonRequest`. */
  readonly ours: Buffer;
  /** And to the bare function. */
  readonly bare: Buffer;
  readonly target: Target;
  readonly windowMs: number;
}

interface Stretch {
  readonly perSecond: number;
  /** Of the app's process, for each answer. */
  readonly cpuMs: number;
}

const clients = 16;

/**
 * How many answers a function gives in a second, against a bare one in the same app on the same host. The ratio of the CPU time that
 * the app takes for each stands beside it: where the two ratios differ, something else wanted the cores, too.
 */
export async function besideBare(options: BesideBare): Promise<readonly Measurement[]> {
  const { url, name, target, windowMs } = options;
  const stretchOf = (request: Buffer) => (forMs: number) => stretch(url, request, forMs);
  const pairs = await sideBySide(stretchOf(options.ours), stretchOf(options.bare), windowMs);
  return [
    {
      what: `${name} / bare function`,
      ...typical(pairs.map(({ ours, theirs }) => ours.perSecond / theirs.perSecond)),
      unit: 'ratio',
      target,
    },
    {
      what: 'CPU of the bare function / of ours',
      ...typical(pairs.map(({ ours, theirs }) => theirs.cpuMs / ours.cpuMs)),
      unit: 'ratio',
    },
    { what: name, ...typical(pairs.map(({ ours }) => ours.perSecond)), unit: 'per second' },
    { what: 'bare function', ...typical(pairs.map(({ theirs }) => theirs.perSecond)), unit: 'per second' },
  ];
}

async function stretch(url: string, request: Buffer, forMs: number): Promise<Stretch> {
  const cpuBefore = await cpuTimeOf(url);
  const start = performance.now();
  let answers = 0;
  await closedLoop({
    url,
    clients,
    windowMs: forMs,
    async act(connection) {
      const { status, body } = await connection.send(request);
      if (status !== 200) throw new Error(`${request.toString().split(' HTTP', 1)} was answered ${status}: ${body}`);
      answers += 1;
    },
  });
  const seconds = (performance.now() - start) / 1_000;
  return { perSecond: answers / seconds, cpuMs: ((await cpuTimeOf(url)) - cpuBefore) / 1_000 / answers };
}

async function cpuTimeOf(url: string): Promise<number> {
  const answer = await fetch(new URL('/cpu-time', url));
  return Number(await answer.text());
}
