import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePorts } from '../../infra/local/apache-kafka/free-ports.ts';
import { eventually } from '../../tests/rigs/stack/eventually.ts';
import { running } from '../running.ts';

const run = promisify(execFile);

/** A PostgreSQL of its own, on loopback, as its package sets it up: what is committed is on disk. */
export interface Postgres extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
}

/** Where Debian's packages have the programs, a folder for each version. */
const debian = '/usr/lib/postgresql';

const needed = ['initdb', 'postgres', 'pg_isready'];

/** The folder with PostgreSQL's programs: Debian's newest, or else one of the path; nothing, where there is none. */
export function postgresPrograms(versionsFolder = debian, searchPath = process.env.PATH ?? ''): string | undefined {
  const versions = existsSync(versionsFolder) ? readdirSync(versionsFolder) : [];
  const newestFirst = versions.toSorted((a, b) => Number(b) - Number(a));
  const folders = newestFirst.map((version) => path.join(versionsFolder, version, 'bin'));
  const hasAll = (folder: string) => needed.every((program) => existsSync(path.join(folder, program)));
  return [...folders, ...searchPath.split(path.delimiter)].find(hasAll);
}

/** Starts one on a folder of its own, which goes with it. */
export async function startPostgres(programs: string): Promise<Postgres> {
  const [port = 0] = await freePorts(1);
  const folder = mkdtempSync(path.join(tmpdir(), 'lagerhaus-postgres-'));
  const owner = await ownerOf(folder);
  const data = path.join(folder, 'data');
  await run(path.join(programs, 'initdb'), ['-D', data, '-U', 'bench', '-A', 'trust'], { ...owner, cwd: folder });
  const server = spawn(
    path.join(programs, 'postgres'),
    ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder],
    { ...owner, cwd: folder, stdio: 'ignore' },
  );
  await using starting = new AsyncDisposableStack();
  starting.use(running(() => stop(server, folder)));
  await eventually(() => run(path.join(programs, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]));
  const url = `postgres://bench@127.0.0.1:${port}/postgres`;
  const started = starting.move();
  return { url, pid: pidOf(server), [Symbol.asyncDispose]: () => started.disposeAsync() };
}

async function stop(server: ChildProcess, folder: string): Promise<void> {
  server.kill('SIGINT'); // "fast": nobody's connection is waited for
  if (server.exitCode === null) await once(server, 'exit');
  rmSync(folder, { recursive: true, force: true });
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package has made. */
async function ownerOf(folder: string): Promise<{ readonly uid?: number; readonly gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (which) => Number((await run('id', [which, 'postgres'])).stdout)),
  );
  if (uid === undefined || gid === undefined) throw new Error('id says nothing of the user postgres');
  chownSync(folder, uid, gid);
  return { uid, gid };
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('PostgreSQL has not started');
  return pid;
}
