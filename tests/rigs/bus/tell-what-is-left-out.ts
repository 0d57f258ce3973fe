import type { TestProject } from 'vitest/node';
import { leftOutOf } from './on-bus.ts';

/** Says at the beginning of a run which files of the suites it leaves out, and why. */
export default function tellWhatIsLeftOut({ name }: TestProject): void {
  const left = leftOutOf(name === 'kafka' ? 'apache' : 'event-hubs');
  for (const [file, reason] of Object.entries(left)) console.log(`Not run in ${name}: ${file}: ${reason}.`);
}
