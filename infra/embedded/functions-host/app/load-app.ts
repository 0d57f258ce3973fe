import { glob, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { messageOf, StartupError } from '../startup-error.ts';

const PackageJson = z.object({ main: z.string().min(1), type: z.string().optional() });

/**
 * Runs the files that package.json's `main` names (a glob), in the order of their names; they register functions as
 * they run.
 *
 * @throws StartupError when there is no `main`, nothing matches it, or a file throws while it loads. The real worker
 * logs the last one and shows an app without functions; here it ends the start.
 */
export async function loadApp(appDir: string): Promise<void> {
  const { main, type } = await readPackageJson(appDir);
  const files: string[] = [];
  for await (const file of glob(main, { cwd: appDir })) files.push(file);
  if (files.length === 0) {
    throw new StartupError(`"main" of ${path.join(appDir, 'package.json')} is "${main}", which matches no file.`);
  }
  for (const file of files.sort()) await loadFile(path.join(appDir, file), type === 'module');
}

async function readPackageJson(appDir: string) {
  const file = path.join(appDir, 'package.json');
  try {
    return PackageJson.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new StartupError(`${file} must name the app's files in "main": ${reason}`, { cause: error });
  }
}

async function loadFile(file: string, typeIsModule: boolean): Promise<void> {
  const isModule = /\.m[jt]s$/.test(file) || (typeIsModule && !/\.c[jt]s$/.test(file));
  try {
    if (isModule) await import(pathToFileURL(file).href);
    else createRequire(file)(file);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new StartupError(`${file} failed while it was loaded: ${reason}`, { cause: error });
  }
}
