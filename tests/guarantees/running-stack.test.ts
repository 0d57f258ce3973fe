import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { CosmosClient } from '@azure/cosmos';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../rigs/clients/api-client.ts';
import { kafkaClient } from '../rigs/clients/kafka-client.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { spawnStart } from '../rigs/stack/spawn-start.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';

let stack: TestStack;

/** Around an app of two routes: what is tested here is the stack itself. */
beforeAll(async () => {
  stack = await startStack({
    env: {
      APP_DIR: path.resolve(import.meta.dirname, '../../infra/local/fixtures/tiny-app'),
      KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
      ORDER_TIMEOUT: 'PT2S',
    },
  });
});
afterAll(() => stack.stop());
afterEach(() => stack.faults.clearFaults());

describe('a running stack', () => {
  it('a running stack prints its addresses', async () => {
    expect(stack.output()).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+\n/);
    expect(stack.output()).toContain('export TOKEN=');
    expect(await health(stack.url)).toBe(200);
  });

  it('a running stack passes its environment and its own addresses to the app', async () => {
    expect(await setting('ORDER_TIMEOUT')).toBe('PT2S');
    expect(await setting('KAFKA_BROKERS')).toBe(stack.kafka.brokers);
    expect(await setting('KAFKA_SECURITY_PROTOCOL')).toBe('SASL_SSL');
    expect(readFileSync(String(await setting('KAFKA_CA_FILE')), 'utf8')).toContain('BEGIN CERTIFICATE');
  });

  it('a running stack keeps its data folder, and all that is in it, unreadable to other users', () => {
    const files = readdirSync(stack.dataDir, { recursive: true, encoding: 'utf8' });
    expect(files).toEqual(expect.arrayContaining(['credentials.json', 'stack.json', 'cosmos.sqlite', 'tls/key.pem']));
    const isOpen = (file: string) => (statSync(path.join(stack.dataDir, file)).mode & 0o077) !== 0;
    expect(['.', ...files].filter(isOpen)).toEqual([]);
  });

  it.each(['start.ts', 'reset.ts'])('a running stack locks its data folder against a second %s', async (program) => {
    const { output, ended } = spawnStart({ DATA_DIR: stack.dataDir }, program);
    expect(await ended).toBe(1);
    expect(output.text).toContain(
      `${stack.dataDir} is in use (pid ${stack.pid}). Stop it (kill ${stack.pid}), or choose another`,
    );
  });
});

describe('crashed Functions hosts', () => {
  it('a crashed Functions host is restarted on the same port, and the terminal says so', async () => {
    const before = await stack.faults.functions().pid();
    await stack.faults.functions().crash();
    await eventually(async () => expect(await health(stack.url)).toBe(200));
    expect(await stack.faults.functions().pid()).not.toBe(before);
    expect(stack.output()).toContain('The Functions host ended by itself (SIGKILL) and is started again.');
  });
});

describe('fault injection', () => {
  it('a test can take the broker away and bring it back with its data', async () => {
    const topic = 'away';
    const kafka = kafkaClient(stack.kafka);
    const admin = kafka.admin();
    const producer = kafka.producer();
    await admin.createTopics({ topics: [{ topic }], waitForLeaders: false });
    await producer.connect();
    await producer.send({ topic, messages: [{ value: 'before' }] });
    await stack.faults.kafka.stop();
    await expect(
      kafkaClient({ ...stack.kafka }, 'impatient')
        .admin({ retry: { retries: 0 } })
        .connect(),
    ).rejects.toThrow();
    await stack.faults.kafka.start();
    await producer.send({ topic, messages: [{ value: 'after' }] });
    expect(await admin.fetchTopicOffsets(topic)).toEqual([expect.objectContaining({ low: '0', high: '2' })]);
    await producer.disconnect();
    await admin.disconnect();
  });

  it('a test can take the Cosmos server away and bring it back with its data', async () => {
    const { container } = await containerNamed('away');
    await container.items.create({ id: 'before', boundary: 'b' });
    await stack.faults.cosmos.stop();
    await expect(fetch(stack.cosmos.endpoint)).rejects.toThrow();
    await stack.faults.cosmos.start();
    expect((await container.item('before', 'b').read()).statusCode).toBe(200);
  });

  it('a test can refuse a request of its choice, so many times', async () => {
    const { container } = await containerNamed('refused');
    const fault = await stack.faults.fault({
      server: 'cosmos',
      operation: 'Create',
      target: 'refused',
      times: 1,
      action: 'refuse',
      status: 403,
    });
    await expect(container.items.create({ id: 'a', boundary: 'b' })).rejects.toMatchObject({ code: 403 });
    await container.items.create({ id: 'a', boundary: 'b' });
    expect(await fault.report()).toEqual({ hits: 1, held: 0 });
  });

  it('a test can hold a request and let it go, while others are served', async () => {
    const { container } = await containerNamed('held');
    const fault = await stack.faults.fault({ server: 'cosmos', operation: 'Create', target: 'held', action: 'hold' });
    let isDone = false;
    const held = container.items.create({ id: 'a', boundary: 'b' }).then(() => {
      isDone = true;
    });
    await fault.happened();
    expect((await container.item('a', 'b').read()).statusCode).toBe(404);
    expect(isDone).toBe(false);
    await fault.release();
    await held;
    expect((await container.item('a', 'b').read()).statusCode).toBe(200);
  });

  it('a test can take a server away while it holds a request, which is lost', async () => {
    const { container } = await containerNamed('held-away');
    const fault = await stack.faults.fault({
      server: 'cosmos',
      operation: 'Create',
      target: 'held-away',
      action: 'hold',
    });
    const lonely = new CosmosClient({ ...cosmosOptions(), ...retryNothing }).database('faults').container('held-away');
    const held = expect(lonely.items.create({ id: 'a', boundary: 'b' })).rejects.toThrow();
    await fault.happened();
    await stack.faults.cosmos.stop();
    await held;
    await stack.faults.cosmos.start();
    expect((await container.item('a', 'b').read()).statusCode).toBe(404);
  });

  it('a test can kill the functions process at a request, which is applied or lost as it wishes', async () => {
    const { container } = await containerNamed('deadly');
    for (const applied of [true, false]) {
      const before = await stack.faults.functions().pid();
      await stack.faults.fault({
        server: 'cosmos',
        operation: 'Create',
        target: 'deadly',
        times: 1,
        action: 'kill-functions',
        applied,
      });
      const lonely = new CosmosClient({ ...cosmosOptions(), ...retryNothing }).database('faults').container('deadly');
      await expect(lonely.items.create({ id: `applied-${applied}`, boundary: 'b' })).rejects.toThrow();
      expect((await container.item(`applied-${applied}`, 'b').read()).statusCode).toBe(applied ? 200 : 404);
      await eventually(async () => expect(await health(stack.url)).toBe(200));
      expect(await stack.faults.functions().pid()).not.toBe(before);
    }
  });

  it('a test can run a second functions process beside the first, with settings of its own, and stop it', async () => {
    const second = stack.faults.functions('second');
    const url = await second.start({ ORDER_TIMEOUT: 'PT9S' });
    expect(url).not.toBe(stack.url);
    expect(await setting('ORDER_TIMEOUT', url)).toBe('PT9S');
    expect(await setting('ORDER_TIMEOUT')).toBe('PT2S');
    await second.stop();
    await expect(fetch(url)).rejects.toThrow();
    expect(await health(stack.url)).toBe(200);
  });

  it('a test can kill the functions process and leave it down until it starts it', async () => {
    const functions = stack.faults.functions();
    await functions.kill();
    await expect(fetch(stack.url)).rejects.toThrow();
    expect(await functions.start()).toBe(stack.url);
    expect(await health(stack.url)).toBe(200);
  });
});

const retryNothing = {
  connectionPolicy: { enableEndpointDiscovery: false, retryOptions: { maxRetryAttemptCount: 0 } },
};

function cosmosOptions() {
  const { endpoint, key } = stack.cosmos;
  return { endpoint, key, connectionPolicy: { enableEndpointDiscovery: false } };
}

async function containerNamed(id: string) {
  const client = new CosmosClient(cosmosOptions());
  const { database } = await client.databases.createIfNotExists({ id: 'faults' });
  return database.containers.createIfNotExists({ id, partitionKey: '/boundary' });
}

async function health(url: string) {
  return (await new ApiClient(url).get('/health')).status;
}

async function setting(name: string, url = stack.url): Promise<unknown> {
  return (await new ApiClient(url).get<{ value: unknown }>(`/environment/${name}`)).body.value;
}
