import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { CannotStartError } from './cannot-start-error.ts';

/**
 * Makes the app's topics and containers, in a process that ends again: the clients it needs would cost this one memory
 * for as long as the stack runs. A package has its script bundled.
 *
 * @throws CannotStartError with what the script says.
 */
export function provision(
  appDir: string,
  environment: Readonly<Record<string, string | undefined>>,
  stop: AbortSignal,
): Promise<void> {
  const bundled = path.join(appDir, 'scripts', 'provision.mjs');
  const script = existsSync(bundled) ? bundled : path.join(appDir, 'scripts', 'provision.ts');
  const args = ['--disable-warning=ExperimentalWarning', script];
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      args,
      { cwd: appDir, env: { ...environment }, signal: stop },
      (error, stdout, stderr) => {
        if (error === null) resolve();
        else
          reject(
            new CannotStartError(
              `Topics and containers could not be made:\n${(stderr || stdout || error.message).trim()}`,
            ),
          );
      },
    );
  });
}
