import { execFile } from 'node:child_process';
import { CannotStartError } from '../cannot-start-error.ts';

interface Program {
  readonly file: string;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted when the start is no longer wanted. */
  readonly stop: AbortSignal;
  /** What is wrong where it fails, before its own words. */
  readonly failure: string;
}

/**
 * Runs a program of the repository in a process that ends again: what it needs would cost this one memory for as long as the
 * stack runs.
 *
 * @returns what it printed.
 * @throws CannotStartError with what it says.
 */
export function runProgram({ file, cwd, environment, stop, failure }: Program): Promise<string> {
  const args = ['--disable-warning=ExperimentalWarning', file];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd, env: { ...environment }, signal: stop }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new CannotStartError(`${failure}:\n${(stderr || stdout || error.message).trim()}`));
    });
  });
}
