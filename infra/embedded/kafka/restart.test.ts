import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  clientOf,
  collect,
  connectAdmin,
  connectProducer,
  createTopic,
  startServer,
  temporaryFolder,
} from './testing/server-under-test.ts';

const program = fileURLToPath(new URL('./testing/server-process.ts', import.meta.url));
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
/** Clients that try again for as long as a restart takes. */
const patient = { retry: { initialRetryTime: 20, maxRetryTime: 100, retries: 200 } };

interface ServerProcess {
  readonly process: ChildProcess;
  readonly port: number;
  kill(): Promise<void>;
}

async function spawnServer(dataDir: string, port = 0): Promise<ServerProcess> {
  const child = spawn(process.execPath, [program, dataDir, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  onTestFinished(kill);
  const [line] = await once(child.stdout, 'data');
  return { process: child, port: Number(String(line)), kill };
}

const brokersOf = ({ port }: ServerProcess) => ({ brokers: `127.0.0.1:${port}` });

describe('a Kafka server killed under load', () => {
  it('a Kafka server killed three times with kill -9 loses no acknowledged message and duplicates none', async () => {
    const dataDir = temporaryFolder();
    let server = await spawnServer(dataDir);
    const kafka = clientOf(brokersOf(server), patient);
    const topic = await createTopic(kafka, 't', 2, { 'segment.bytes': '20000' });
    const producer = await connectProducer(kafka, { idempotent: true, maxInFlightRequests: 1, ...patient });
    const acknowledged: string[] = [];
    let stopped = false;
    const load = (async () => {
      for (let i = 0; !stopped; i++) {
        const values = [0, 1].map((partition) => ({ value: `${i}-${partition}`, partition }));
        await producer.send({ topic, messages: values });
        acknowledged.push(...values.map(({ value }) => value));
      }
    })();
    for (let round = 1; round <= 3; round++) {
      await eventually(() => expect(acknowledged.length).toBeGreaterThan(round * 200));
      await server.kill();
      server = await spawnServer(dataDir, server.port);
    }
    const enough = acknowledged.length + 100;
    await eventually(() => expect(acknowledged.length).toBeGreaterThan(enough));
    stopped = true;
    await load;

    const collector = await collect(clientOf(brokersOf(server), patient), topic);
    await eventually(() => expect(collector.seen.length).toBeGreaterThanOrEqual(acknowledged.length));
    for (const partition of [0, 1]) {
      const stored = collector.seen
        .filter((each) => each.partition === partition)
        .map(({ message }) => String(message.value));
      expect(stored).toEqual(acknowledged.filter((value) => value.endsWith(`-${partition}`)));
    }
  });
});

describe('a Kafka server restarted on the same port', () => {
  it('running producers and consumers survive a restart of the Kafka server, which keeps topics, settings and offsets', async () => {
    const dataDir = temporaryFolder();
    const first = await startServer({ dataDir });
    const kafka = clientOf(first, patient);
    const topic = await createTopic(kafka, 't', 1, { 'retention.ms': '-1' });
    const producer = await connectProducer(kafka, patient);
    const collector = await collect(kafka, topic, patient);
    await producer.send({ topic, messages: [{ value: 'before' }] });
    await eventually(() => expect(collector.values()).toEqual(['before']));
    const admin = await connectAdmin(kafka);
    await eventually(async () => {
      expect((await admin.fetchOffsets({ groupId: 'group-of-t' }))[0]?.partitions).toMatchObject([{ offset: '1' }]);
    });
    await first.close();
    await startServer({ dataDir, port: first.port });
    await producer.send({ topic, messages: [{ value: 'after' }] });
    // It may come twice: its first delivery is committed under a membership that ended with the server.
    await eventually(() => expect([...new Set(collector.values())]).toEqual(['before', 'after']));
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: 2, name: topic, configNames: ['retention.ms'] }],
    });
    expect(resources[0]?.configEntries).toMatchObject([{ configValue: '-1' }]);
  });
});

describe('the start of a Kafka server', () => {
  it('the Kafka server runs in a worker thread', async () => {
    const worker = new Worker(program, { argv: [temporaryFolder()], stdout: true });
    onTestFinished(async () => {
      await worker.terminate();
    });
    const [line] = await once(worker.stdout, 'data');
    const admin = await connectAdmin(clientOf({ brokers: `127.0.0.1:${Number(String(line))}` }));
    expect(await admin.listTopics()).toEqual([]);
  });

  it('the start of a Kafka server on a port in use fails and names the port', async () => {
    const { port } = await startServer();
    await expect(startServer({ port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
  });

  it.each([
    ['topics/topics.json', '{"format":2,"topics":[]}'],
    ['topics/topics.json', 'nonsense'],
    ['groups.jsonl', 'nonsense\n'],
    ['producer-ids.json', '{}'],
  ])('the start of a Kafka server with a damaged %s fails and names the file and what to do', async (name, content) => {
    const dataDir = temporaryFolder();
    const path = join(dataDir, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    await expect(startServer({ dataDir })).rejects.toThrow(`${path}`);
    await expect(startServer({ dataDir })).rejects.toThrow('delete the broker');
  });

  it('the start of a Kafka server on a file instead of a folder fails and says so', async () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, '');
    await expect(startServer({ dataDir: path })).rejects.toThrow(`The data folder ${path} is a file`);
  });
});
