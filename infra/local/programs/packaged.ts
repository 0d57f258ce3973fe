import { execFile } from 'node:child_process';
import path from 'node:path';
import { CannotStartError } from './cannot-start-error.ts';

const repository = path.resolve(import.meta.dirname, '../..');

/**
 * Bundles the app as `npm run package` does, in a process that ends again, and says what that says.
 *
 * @returns the folder of the package.
 * @throws CannotStartError where it cannot be made.
 */
export function packaged(stop: AbortSignal, say: (line: string) => void): Promise<string> {
  const script = path.join(repository, 'scripts/package.ts');
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [script], { cwd: repository, signal: stop }, (error, stdout, stderr) => {
      say(stdout);
      if (error === null) resolve(path.join(repository, 'dist'));
      else reject(new CannotStartError(`The package could not be made:\n${(stderr || error.message).trim()}`));
    });
  });
}
