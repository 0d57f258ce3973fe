import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { codeOf } from '../../infra/local/cannot-start-error.ts';
import { fetchedFolder } from '../../infra/local/fetched-folder.ts';
import { type Found, prerequisite } from './prerequisite.ts';

const run = promisify(execFile);
const requirements = path.join(import.meta.dirname, 'requirements.txt');
const programs = path.join(import.meta.dirname, 'programs');
/** The oldest Python that requirements.txt is made for. */
const oldestMinor = 11;
const fetching = ['-m', 'pip', 'install', '--quiet', '--no-input', '--require-hashes', '--no-deps'];
/** What pip says of a network that is not there. Anything else that it says is a fault of requirements.txt. */
const noNetwork = /NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError|ProxyError/;

/** A Python with the packages of requirements.txt. */
export interface Python {
  /** What a module prints; a program of the folder `programs`, or one of a package. `input` is on its standard input, as JSON. */
  print(module: string, args: readonly string[], input?: unknown): Promise<string>;
}

/** For a `describe` whose programs are in Python. */
export const withPython = prerequisite(await findPython());

/** What a module of Python prints. @throws with what it says when it fails. */
export function printed(...call: Parameters<Python['print']>): Promise<string> {
  return withPython.get().print(...call);
}

/** What a program of the folder `programs` has found out, which it prints as JSON. */
export async function found(program: string, input: unknown): Promise<unknown> {
  return JSON.parse(await printed(program, [], input));
}

async function findPython(): Promise<Found<Python>> {
  const advice = `Python 3.${oldestMinor} or newer with pip (Debian: apt-get install python3-pip)`;
  try {
    const { stdout } = await run('python3', ['--version']);
    const minor = Number(/^Python 3\.(\d+)/.exec(stdout)?.[1]);
    if (!(minor >= oldestMinor))
      return { kind: 'missing', reason: `the python3 here is ${stdout.trim()}; it takes ${advice}` };
    await run('python3', ['-m', 'pip', '--version']);
    const folder = await fetchedFolder(`python-3.${minor}`, requirements, fetchInto);
    const thing: Python = { print: (module, args, input) => print(folder, ['-m', module, ...args], input) };
    return { kind: 'found', thing };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return missing(`there is no python3 here; it takes ${advice}`);
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
    if (said.includes('No module named pip')) return missing(`the python3 here has no pip; it takes ${advice}`);
    if (noNetwork.test(said)) return missing('the packages of requirements.txt cannot be fetched without a network');
    throw error;
  }
}

function missing(reason: string): Found<Python> {
  return { kind: 'missing', reason };
}

async function fetchInto(folder: string): Promise<void> {
  await run('python3', [...fetching, '--target', folder, '--requirement', requirements]);
}

async function print(packages: string, args: readonly string[], input: unknown): Promise<string> {
  const env = {
    ...process.env,
    PYTHONPATH: [programs, packages].join(path.delimiter),
    PYTHONNOUSERSITE: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const running = run('python3', [...args], { env, maxBuffer: 64 * 1024 * 1024 });
  running.child.stdin?.end(JSON.stringify(input ?? null));
  return (await running).stdout;
}
