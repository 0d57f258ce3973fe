import { parseArgs } from 'node:util';
import { CannotStartError } from './cannot-start-error.ts';

export interface CommandLine {
  /** Whether the app is bundled first, and run as it would be on Azure. */
  readonly package: boolean;
}

const usage =
  'Usage: npm start [-- --package]\n  --package  bundle the app as for Azure (npm run package), and run that';

/** @throws CannotStartError with how it is used, for anything that it does not know. */
export function readCommandLine(args: readonly string[]): CommandLine {
  try {
    const { values } = parseArgs({ args: [...args], options: { package: { type: 'boolean', default: false } } });
    return values;
  } catch (error) {
    throw new CannotStartError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}
