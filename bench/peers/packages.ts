import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** What npm writes when it is done. */
const installed = 'node_modules/.package-lock.json';

/** Installs the packages of the lock file in a folder, unless they are there. @returns what to do where that cannot be. */
export async function installPackages(folder: string): Promise<string | undefined> {
  const changedAt = (file: string) => statSync(path.join(folder, file)).mtimeMs;
  if (existsSync(path.join(folder, installed)) && changedAt(installed) >= changedAt('package-lock.json')) return;
  try {
    await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
    return;
  } catch {
    return `npm cannot fetch the packages of the peers: run "npm ci" in ${folder} where a registry can be reached`;
  }
}
