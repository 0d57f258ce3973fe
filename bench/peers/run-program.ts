import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { freePorts } from '../../infra/local/apache-kafka/free-ports.ts';
import { eventually } from '../../tests/rigs/stack/eventually.ts';
import { useOfTree } from '../processes/process-tree.ts';
import { running } from '../running.ts';
import type { Peer } from './peer.ts';
import { startPostgres } from './postgres.ts';

const folder = path.join(import.meta.dirname, 'programs');

/** A program of this folder that runs, with a PostgreSQL of its own. */
export interface RunningProgram extends AsyncDisposable, Pick<Peer, 'crash' | 'use'> {
  readonly url: string;
}

/** @returns the program, once it listens. */
export async function runProgram(file: string, postgresPrograms: string): Promise<RunningProgram> {
  await using starting = new AsyncDisposableStack();
  const postgres = starting.use(await startPostgres(postgresPrograms));
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, NODE_ENV: 'production', DATABASE_URL: postgres.url, PORT: String(port) };
  const start = async () => {
    const program = spawn(process.execPath, [file], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
    await eventually(() => fetch(url));
    return program;
  };
  let program = await start();
  starting.use(running(() => kill(program)));
  const started = starting.move();
  return {
    url,
    async crash() {
      await kill(program);
      program = await start();
    },
    use() {
      const [store, app] = [useOfTree(postgres.pid), useOfTree(program.pid ?? 0)];
      return { proportionalMb: store.proportionalMb + app.proportionalMb, cpuMs: store.cpuMs + app.cpuMs };
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

async function kill(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  program.kill('SIGKILL');
  await once(program, 'exit');
}
