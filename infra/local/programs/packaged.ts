import path from 'node:path';
import { runProgram } from './run-program.ts';

const repository = path.resolve(import.meta.dirname, '../../..');

/**
 * Bundles the app as `npm run package` does, and says what that says.
 *
 * @returns the folder of the package.
 * @throws CannotStartError where it cannot be made.
 */
export async function packaged(stop: AbortSignal, say: (line: string) => void): Promise<string> {
  const file = path.join(repository, 'scripts/package.ts');
  const failure = 'The package could not be made';
  say(await runProgram({ file, cwd: repository, environment: process.env, stop, failure }));
  return path.join(repository, 'dist');
}
