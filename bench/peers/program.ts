import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { freePorts } from '../../infra/local/apache-kafka/free-ports.ts';
import { eventually } from '../../tests/rigs/stack/eventually.ts';
import { useOfTree } from '../processes/process-tree.ts';
import { running } from '../running.ts';
import type { Peer } from './peer.ts';
import { startPostgres } from './postgres.ts';
import { untilStill } from './until-still.ts';

const folder = path.join(import.meta.dirname, 'programs');

/** Longer than a consumer of emmett pauses (a second), or waits for what a crashed one has locked (two). */
const patienceMs = 4_000;

interface StoredOrder {
  readonly id: string;
  readonly items: readonly { readonly quantity: number }[];
  readonly status: string;
  readonly decidedAt?: number;
}

export interface Program {
  readonly name: string;
  /** In the folder of the programs. */
  readonly file: string;
  /** What it sells, more than anybody orders. */
  readonly skus: readonly string[];
}

/** One of the programs, with a PostgreSQL of its own. */
export async function openProgram({ name, file, skus }: Program, postgresPrograms: string): Promise<Peer> {
  const postgres = await startPostgres(postgresPrograms);
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  let program: ChildProcess | undefined;
  const kill = async () => {
    if (program === undefined || program.exitCode !== null || program.signalCode !== null) return;
    program.kill('SIGKILL');
    await once(program, 'exit');
  };
  const start = async () => {
    const env = { ...process.env, NODE_ENV: 'production', DATABASE_URL: postgres.url, PORT: String(port) };
    program = spawn(process.execPath, [file], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
    await eventually(() => ask(url, '/stock'));
  };
  const killed = running(kill);
  const sell = async (itemId: string, onHand: number) => {
    const headers = { 'content-type': 'application/json' };
    await fetch(new URL('/stock', url), { method: 'PUT', headers, body: JSON.stringify({ itemId, onHand }) });
  };
  const orders = () => ask<StoredOrder[]>(url, '/orders');
  const pending = async () => (await ask<{ count: number }>(url, '/orders/pending')).count;
  const counterFor = (skus: readonly string[]) => ({ url: new URL('/orders', url), token: 'nobody', skus });
  await start();
  for (const sku of skus) await sell(sku, 1_000_000);
  return {
    name,
    counter: counterFor(skus),
    async scarce(pieces) {
      await sell('SCARCE', pieces);
      return counterFor(['SCARCE']);
    },
    async decided(orderIds) {
      // Only their number, as long as they get fewer: to list them all would be a load of its own.
      await untilStill(pending, (count) => count, patienceMs);
      const byId = new Map((await orders()).map((order) => [order.id, order]));
      const known = orderIds.flatMap((id) => byId.get(id) ?? []);
      const confirmed = known.filter(({ status }) => status === 'confirmed');
      return {
        confirmedAt: new Map(confirmed.map(({ id, decidedAt = Number.NaN }) => [id, decidedAt])),
        lost: orderIds.length - known.length,
        undecided: known.filter(({ status }) => status === 'pending').length,
      };
    },
    async crash() {
      await kill();
      await start();
    },
    async held() {
      const stock = await ask<{ reserved: number }[]>(url, '/stock');
      const confirmed = (await orders()).filter(({ status }) => status === 'confirmed');
      return {
        inStock: sum(stock.map(({ reserved }) => reserved)),
        inOrders: sum(confirmed.flatMap(({ items }) => items.map(({ quantity }) => quantity))),
      };
    },
    use() {
      const uses = [postgres.pid, program?.pid ?? 0].map(useOfTree);
      return {
        proportionalMb: sum(uses.map(({ proportionalMb }) => proportionalMb)),
        cpuMs: sum(uses.map(({ cpuMs }) => cpuMs)),
      };
    },
    async [Symbol.asyncDispose]() {
      await killed[Symbol.asyncDispose]();
      await postgres[Symbol.asyncDispose]();
    },
  };
}

async function ask<Answer>(url: string, path: string): Promise<Answer> {
  const response = await fetch(new URL(path, url));
  if (response.status !== 200) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
  // What the programs answer is in this folder.
  return (await response.json()) as Answer;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
