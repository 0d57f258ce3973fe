import type { Measurement, Target } from '../figure.ts';
import { sideBySide } from '../side-by-side.ts';
import { typical } from '../typical.ts';
import { flatOut } from './flat-out.ts';

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

/**
 * How many answers a function gives in a second, against a bare one in the same app on the same host. The ratio of the CPU time that
 * the app takes for each stands beside it: where the two ratios differ, something else wanted the cores, too.
 */
export async function besideBare(options: BesideBare): Promise<readonly Measurement[]> {
  const { url, name, target, windowMs } = options;
  const stretchOf = (request: Buffer) => (forMs: number) => flatOut(url, request, forMs);
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
