import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startCosmosServer } from './server.ts';
import { clientOf, refusalOf, startForTest } from './server-under-test.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cosmos-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the data of a Cosmos server', () => {
  it('databases, containers, items and their order of writing survive a restart of the Cosmos server', async () => {
    const file = join(folder, 'made', 'on', 'the', 'way', 'cosmos.db');
    const first = await startCosmosServer({ file });
    const { database } = await clientOf(first).databases.create({ id: 'd' });
    const { container } = await database.containers.create({ id: 'c', partitionKey: '/boundary', defaultTtl: -1 });
    const { resource, headers } = await container.items.create({ id: 'i', boundary: 'b' });
    await first.close();

    const second = await startCosmosServer({ file });
    const again = clientOf(second).database('d').container('c');
    expect((await again.read()).resource).toMatchObject({ defaultTtl: -1 });
    expect((await again.item('i', 'b').read()).resource).toEqual(resource);
    const written = await again.items.create({ id: 'j', boundary: 'b' });
    expect(Number(written.headers.lsn)).toBeGreaterThan(Number(headers.lsn));
    expect(written.resource?._rid).not.toBe(resource?._rid);
    await second.close();
  });
});

describe('an unusable Cosmos data file', () => {
  const open = (file: string) => startCosmosServer({ file });

  it('a Cosmos data file that is not SQLite is refused with one line that says what to do', async () => {
    const file = join(folder, 'cosmos.db');
    writeFileSync(file, 'this is no database, whatever its name says '.repeat(100));
    await expect(open(file)).rejects.toThrow(/^Cosmos data file .*cosmos\.db cannot be opened: .*\. .*move it away.*$/);
  });

  it('a Cosmos data file with an overwritten page is refused with one line that says what to do', async () => {
    const file = join(folder, 'cosmos.db');
    const server = await startCosmosServer({ file });
    const { database } = await clientOf(server).databases.create({ id: 'd' });
    await database.containers.create({ id: 'c', partitionKey: '/boundary' });
    await server.close();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xee, 4096));
    await expect(open(file)).rejects.toThrow(/^Cosmos data file .*cosmos\.db cannot be opened: .*move it away.*$/);
  });

  it('a Cosmos data file of another program is refused and left as it is', async () => {
    const file = join(folder, 'other.db');
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE mine (x)');
    await expect(open(file)).rejects.toThrow('belongs to another program');
    expect(other.prepare('SELECT name FROM sqlite_schema').all()).toHaveLength(1);
    other.close();
  });

  it('a Cosmos data file of a newer version is refused', async () => {
    const file = join(folder, 'newer.db');
    await (await open(file)).close();
    const newer = new DatabaseSync(file);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    await expect(open(file)).rejects.toThrow('version 99');
  });
});

describe('the Cosmos server', () => {
  it('the Cosmos server fails with EADDRINUSE on a port in use', async () => {
    await using cosmos = await startForTest();
    const port = Number(new URL(cosmos.server.endpoint).port);
    await expect(startCosmosServer({ file: ':memory:', port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('the Cosmos server runs in a worker thread', async () => {
    const code = `
      import { parentPort, workerData } from 'node:worker_threads';
      const { startCosmosServer } = await import(workerData.module);
      const server = await startCosmosServer({ file: ':memory:' });
      parentPort.once('message', () => server.close());
      parentPort.postMessage({ endpoint: server.endpoint, key: server.key });`;
    const module = new URL('./server.ts', import.meta.url).href;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), { workerData: { module } });
    const [address] = await once(worker, 'message');
    const client = clientOf(address);
    await client.databases.create({ id: 'd' });
    expect((await client.databases.readAll().fetchAll()).resources).toHaveLength(1);
    worker.postMessage('stop');
    expect(await once(worker, 'exit')).toEqual([0]);
  });

  it('the Cosmos server reports its region and consistency to a client that discovers endpoints', async () => {
    await using cosmos = await startForTest();
    const { resource } = await cosmos.client.getDatabaseAccount();
    expect(resource).toMatchObject({
      consistencyPolicy: 'Strong',
      writableLocations: [{ databaseAccountEndpoint: cosmos.server.endpoint }],
    });
  });

  it('the Cosmos server tells a client the address that the client has called, wherever else it listens', async () => {
    await using cosmos = await startForTest({ host: '0.0.0.0' });
    const called = cosmos.server.endpoint.replace('0.0.0.0', '127.0.0.1');
    const { resource } = await clientOf({ endpoint: called, key: cosmos.server.key }).getDatabaseAccount();
    expect(resource).toMatchObject({ writableLocations: [{ databaseAccountEndpoint: called }] });
  });

  it('the Cosmos server accepts only the key that it was given', async () => {
    const key = Buffer.from('another key').toString('base64');
    await using cosmos = await startForTest({ key });
    await expect(cosmos.client.databases.create({ id: 'd' })).resolves.toBeDefined();
    const stranger = clientOf({ endpoint: cosmos.server.endpoint, key: Buffer.from('wrong').toString('base64') });
    expect(await refusalOf(stranger.databases.create({ id: 'e' }))).toMatchObject({
      code: 401,
      body: { code: 'Unauthorized' },
    });
  });
});
