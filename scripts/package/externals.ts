import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { closureOf, LockFile } from './lock-file.ts';

/** What cannot be bundled: a binary for the machine that runs it, and files that are served or read as they are. */
export const externals = ['@node-rs/argon2', '@zxcvbn-ts/language-common', 'swagger-ui-dist'] as const;

/** For us, and for whoever installs there again, as azd may: what Azure Functions runs Node on, and nothing run by a package. */
const npmrc = ['os=linux', 'cpu=x64', 'libc=glibc', 'ignore-scripts=true', 'audit=false', 'fund=false'];

/**
 * azd and Core Tools read here what to leave out of a deployment. It is read for what it does not name: node_modules goes along as it
 * is, instead of being installed anew over there. Source: cli/azd/pkg/project/service_target_functionapp.go in
 * https://github.com/Azure/azure-dev
 */
const funcignore = ['.npmrc', 'package-lock.json'];

/** Of Swagger UI's twelve megabytes, what the page shows and what its licence asks for. */
const servedOfSwaggerUi = /^(package\.json|LICENSE|NOTICE|swagger-ui\.css|swagger-ui-bundle\.js(\.LICENSE\.txt)?)$/;

const Manifest = z.object({ name: z.string(), version: z.string(), dependencies: z.record(z.string(), z.string()) });

/**
 * Puts beside the bundle what stays outside of it, in the versions and with the checksums of the lock file, for the machines of
 * Azure whatever this one is. Its package.json names no more than that, so that whoever installs anew there gets the same.
 *
 * @throws Error with npm's words, where the registry cannot be reached.
 */
export async function installExternals(root: string, to: string): Promise<void> {
  const { name, version, dependencies } = Manifest.parse(read(root, 'package.json'));
  const kept = Object.fromEntries(externals.map((external) => [external, dependencies[external]]));
  const manifest = { name, version, private: true, type: 'module', main: 'app.mjs', dependencies: kept };
  writeFileSync(path.join(to, '.npmrc'), lines(npmrc));
  writeFileSync(path.join(to, '.funcignore'), lines(funcignore));
  write(to, 'package.json', manifest);
  write(to, 'package-lock.json', closureOf(LockFile.parse(read(root, 'package-lock.json')), manifest));
  await promisify(execFile)('npm', ['ci', '--loglevel=error'], { cwd: to, shell: process.platform === 'win32' });
  const swaggerUi = path.join(to, 'node_modules/swagger-ui-dist');
  for (const file of readdirSync(swaggerUi)) {
    if (!servedOfSwaggerUi.test(file)) rmSync(path.join(swaggerUi, file), { recursive: true });
  }
}

function read(folder: string, file: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
}

function lines(texts: readonly string[]): string {
  return `${texts.join('\n')}\n`;
}

function write(folder: string, file: string, content: unknown): void {
  writeFileSync(path.join(folder, file), `${JSON.stringify(content, undefined, 2)}\n`);
}
