import { existsSync } from 'node:fs';
import path from 'node:path';
import { runProgram } from './run-program.ts';

/**
 * Makes the app's topics and containers. A package has its script bundled.
 *
 * @throws CannotStartError with what the script says.
 */
export async function provision(
  appDir: string,
  environment: Readonly<Record<string, string | undefined>>,
  stop: AbortSignal,
): Promise<void> {
  const bundled = path.join(appDir, 'scripts', 'provision.mjs');
  const file = existsSync(bundled) ? bundled : path.join(appDir, 'scripts', 'provision.ts');
  await runProgram({ file, cwd: appDir, environment, stop, failure: 'Topics and containers could not be made' });
}
