import type { TestProject } from 'vitest/node';
import { leftOut } from './on-bus.ts';

/** Says at the beginning of a run which files of the suites it leaves out, and why. */
export default function tellWhatIsLeftOut({ name }: TestProject): void {
  for (const [file, reason] of Object.entries(leftOut)) console.log(`Not run in ${name}: ${file}: ${reason}.`);
}
