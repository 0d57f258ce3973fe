import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Container } from '@azure/cosmos';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emulatorKey } from './server.ts';
import { clientOf } from './server-under-test.ts';

let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cosmos-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a server in a process of its own, on the same file each time. */
async function start(): Promise<Container> {
  const module = JSON.stringify(new URL('./server.ts', import.meta.url).href);
  const file = JSON.stringify(join(folder, 'cosmos.db'));
  const code = `import(${module}).then((m) => m.startCosmosServer({ file: ${file} })).then((s) => console.log(s.endpoint));`;
  child = spawn(process.execPath, ['--eval', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('The child was started with a pipe.');
  const [endpoint] = await once(createInterface(child.stdout), 'line');
  const { database } = await clientOf({ endpoint, key: emulatorKey }).databases.createIfNotExists({ id: 'd' });
  return (await database.containers.createIfNotExists({ id: 'c', partitionKey: '/boundary' })).container;
}

async function kill(): Promise<void> {
  const exited = child && once(child, 'exit');
  child?.kill('SIGKILL');
  await exited;
}

/** Each batch moves the pair from n-1 to n and adds an entry, until the server is gone: what was acknowledged last. */
async function move(container: Container, pair: string, from: number): Promise<number> {
  for (let n = from + 1; ; n += 1) {
    try {
      const { result } = await container.items.batch(
        [
          { operationType: 'Upsert', resourceBody: { id: 'left', boundary: pair, n } },
          { operationType: 'Create', resourceBody: { id: `entry ${n}`, boundary: pair } },
          { operationType: 'Upsert', resourceBody: { id: 'right', boundary: pair, n } },
        ],
        pair,
      );
      if (result?.some(({ statusCode }) => statusCode >= 400)) throw new Error(JSON.stringify(result));
    } catch (error) {
      if (child?.killed) return n - 1;
      throw error;
    }
  }
}

it('a Cosmos server killed with kill -9 under load loses no acknowledged write and leaves no batch half done', async () => {
  const pairs = Array.from({ length: 8 }, (_, n) => `pair ${n}`);
  let reached = pairs.map(() => 0);
  for (let round = 1; round <= 3; round += 1) {
    const container = await start();
    const moving = Promise.all(pairs.map((pair, index) => move(container, pair, reached[index] ?? 0)));
    const target = `entry ${(reached[0] ?? 0) + 10 * round}`;
    await expect
      .poll(async () => (await container.item(target, 'pair 0').read()).statusCode, { timeout: 20_000 })
      .toBe(200);
    await kill();
    const acknowledged = await moving;

    const again = await start();
    reached = await Promise.all(
      pairs.map(async (pair, index) => {
        const left = (await again.item('left', pair).read<{ n: number }>()).resource?.n ?? 0;
        const right = (await again.item('right', pair).read<{ n: number }>()).resource?.n ?? 0;
        const { resources } = await again.items
          .query<number>('SELECT VALUE COUNT(1) FROM c', { partitionKey: pair })
          .fetchAll();
        expect({ right, entries: resources[0] }).toEqual({ right: left, entries: left + 2 });
        expect(left).toBeGreaterThanOrEqual(acknowledged[index] ?? 0);
        return left;
      }),
    );
    await kill();
  }
});
