import { CannotStartError } from './cannot-start-error.ts';

/** @throws CannotStartError where a program that takes no arguments is given some: `--help` should start, or empty, nothing. */
export function refuseArguments(program: string, args: readonly string[] = process.argv.slice(2)): void {
  if (args.length === 0) return;
  throw new CannotStartError(`${program} takes no arguments, and was given ${args.join(' ')}.\nUsage: ${program}`);
}
