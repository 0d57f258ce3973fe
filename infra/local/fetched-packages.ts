import { execFile } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { CannotStartError } from './cannot-start-error.ts';
import { fetchedFolder } from './fetched-folder.ts';

const run = promisify(execFile);

/**
 * The folder with the npm packages that the lock file of `listFolder` names: what few people need, and so is not installed with
 * the rest.
 *
 * @throws CannotStartError when npm cannot fetch them.
 */
export function fetchedPackages(name: string, listFolder: string): Promise<string> {
  return fetchedFolder(name, path.join(listFolder, 'package-lock.json'), async (folder) => {
    for (const file of ['package.json', 'package-lock.json'])
      copyFileSync(path.join(listFolder, file), path.join(folder, file));
    try {
      await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
    } catch (error) {
      throw new CannotStartError(`npm cannot fetch the packages of ${name}: ${String(error)}`, { cause: error });
    }
  });
}
