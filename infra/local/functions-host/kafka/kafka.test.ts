import { describe, expect, it } from 'vitest';
import { eventually } from '../fixtures/eventually.ts';
import { seen, seenValues, startBroker } from '../fixtures/kafka-events.ts';
import { spawnHost, startHost } from '../fixtures/start-host.ts';

const redeliver = {
  AzureFunctionsJobHost__extensions__kafka__commitOnFailure: 'false',
  AzureFunctionsJobHost__extensions__kafka__maxRetries: '-1',
};
const shortSession = { AzureFunctionsJobHost__extensions__kafka__sessionTimeoutMs: '1000' };

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index));

describe('events', () => {
  it('come in batches up to maxBatchSize, those of a partition in their order, each once', async () => {
    const broker = await startBroker({ partitions: 3 });
    await broker.send(...numbers(30).map((value, index) => ({ value, partition: index % 3 })));
    const host = await startHost('kafka', broker.environment);
    await eventually(() => expect(seenValues(host, 'done')).toHaveLength(30));
    const batches = seen(host, 'done').map(({ events }) => events);
    expect(Math.max(...batches.map(({ length }) => length))).toBe(10);
    for (const partition of [0, 1, 2]) {
      const offsets = batches.flat().filter(({ Partition }) => Partition === partition);
      expect(offsets.map(({ Offset }) => Offset)).toEqual(numbers(10).map(Number));
    }
    await eventually(async () => expect(await broker.committed('batches')).toBe(30));
  });

  it('have the shape that the extension gives them', async () => {
    const broker = await startBroker();
    await broker.send({
      key: 'main',
      value: '{"n":1}',
      headers: { type: 'order.created' },
      timestamp: '1767225600000',
    });
    const host = await startHost('kafka', broker.environment);
    await eventually(() => expect(seen(host, 'given')).toHaveLength(1));
    const [invocation] = seen(host, 'given');
    expect(invocation?.events).toEqual([
      {
        Offset: 0,
        Partition: 0,
        Topic: broker.topic,
        Timestamp: '2026-01-01T00:00:00Z',
        Key: 'main',
        Value: '{"n":1}',
        Headers: [{ Key: 'type', Value: 'b3JkZXIuY3JlYXRlZA==' }],
      },
    ]);
    expect(invocation?.triggerMetadata).toMatchObject({
      offsetArray: [0],
      keyArray: ['main'],
      topicArray: [broker.topic],
    });
  });

  it('come one by one to a function of cardinality one, in their order, while another function is stuck', async () => {
    const broker = await startBroker();
    const host = await startHost('kafka', { ...broker.environment, FUNCTIONS: 'batches,singles', HOLD: 'true' });
    await broker.sendValues(...numbers(5));
    await eventually(() => expect(seenValues(host, 'done', 'singles')).toEqual(numbers(5)));
    expect(seen(host, 'done', 'singles').every(({ events }) => events.length === 1)).toBe(true);
    expect(seen(host, 'done')).toEqual([]);
  });

  it('are gathered for the release interval where one is set', async () => {
    const broker = await startBroker();
    const host = await startHost('kafka', { ...broker.environment, KAFKA_SUBSCRIBER_INTERVAL_SECONDS: '1' });
    for (const value of numbers(9)) await broker.sendValues(value);
    await eventually(() => expect(seenValues(host, 'done')).toEqual(numbers(9)));
    expect(seen(host, 'done').length).toBeLessThan(5);
  });

  it('are consumed over SASL', async () => {
    const broker = await startBroker({ sasl: true });
    const host = await startHost('kafka', { ...broker.environment, PROTOCOL: 'SASLPLAINTEXT' });
    await broker.sendValues('hello');
    await eventually(() => expect(seenValues(host, 'done')).toEqual(['hello']));
  });
});

describe('a function that fails', () => {
  it('loses the batch by default, as on Azure', async () => {
    const broker = await startBroker();
    const host = await startHost('kafka', { ...broker.environment, FAILURES: '1' });
    await broker.sendValues('lost');
    await eventually(async () => expect(await broker.committed('batches')).toBe(1));
    await broker.sendValues('next');
    await eventually(() => expect(seenValues(host, 'done')).toEqual(['next']));
    expect(seenValues(host, 'given')).toEqual(['lost', 'next']);
  });

  it('gets the same events first, again and again, where commitOnFailure is false and maxRetries -1', async () => {
    const broker = await startBroker();
    const host = await startHost('kafka', { ...broker.environment, ...redeliver, HOLD: 'true', FAILURES: '3' });
    await broker.sendValues('first');
    await eventually(() => expect(seenValues(host, 'given')).toEqual(['first']));
    await broker.sendValues('second');
    host.child.send({ hold: false });
    await eventually(() => expect(seenValues(host, 'done')).toEqual(['first', 'second']));
    expect(seenValues(host, 'given')).toEqual(['first', 'first', 'first', 'first', 'second']);
  });

  it('loses the batch after maxRetries, and the log names its events', async () => {
    const broker = await startBroker();
    const environment = { ...broker.environment, ...redeliver, FAILURES: '2' };
    const host = await startHost('kafka', {
      ...environment,
      AzureFunctionsJobHost__extensions__kafka__maxRetries: '1',
    });
    await broker.sendValues('poison');
    await eventually(async () => expect(await broker.committed('batches')).toBe(1));
    expect(seenValues(host, 'given')).toEqual(['poison', 'poison']);
    expect(host.output()).toContain('batches: failed 2 times and is skipped: orders/0/0');
  });
});

describe('offsets', () => {
  it('are committed after the function has finished, also when the host is told to stop meanwhile', async () => {
    const broker = await startBroker();
    const host = await startHost('kafka', { ...broker.environment, HOLD: 'true' });
    await broker.sendValues('under way');
    await eventually(() => expect(seen(host, 'given')).toHaveLength(1));
    expect(await broker.committed('batches')).toBe(0);
    const ended = host.stop();
    await broker.sendValues('not begun');
    host.child.send({ hold: false });
    expect(await ended).toBe(0);
    expect(await broker.committed('batches')).toBe(1);
    const next = await startHost('kafka', broker.environment);
    await eventually(() => expect(seenValues(next, 'done')).toEqual(['not begun']));
  });

  it('are not committed by a stop while a function fails without end', async () => {
    const broker = await startBroker();
    const host = await startHost('kafka', { ...broker.environment, ...redeliver, FAILURES: '1000' });
    await broker.sendValues('unlucky');
    await eventually(() => expect(seen(host, 'given').length).toBeGreaterThan(1));
    expect(await host.stop()).toBe(0);
    expect(await broker.committed('batches')).toBe(0);
  });

  it('are not committed when the host is killed, and the events come again', async () => {
    const broker = await startBroker();
    const killed = await startHost('kafka', { ...broker.environment, ...shortSession, HOLD: 'true' });
    await broker.sendValues('cut off');
    await eventually(() => expect(seen(killed, 'given')).toHaveLength(1));
    await killed.stop('SIGKILL');
    const next = await startHost('kafka', { ...broker.environment, ...shortSession });
    await eventually(() => expect(seenValues(next, 'done')).toEqual(['cut off']));
  });
});

describe('a consumer', () => {
  it('keeps its place in the group while a function takes longer than the session', async () => {
    const broker = await startBroker();
    const host = await startHost('kafka', { ...broker.environment, ...shortSession, HOLD: 'true' });
    const lifeless = await startHost('kafka', { ...broker.environment, ...shortSession, FUNCTIONS: 'singles' });
    await broker.sendValues('slow');
    await eventually(() => expect(seen(host, 'given')).toHaveLength(1));
    await lifeless.stop('SIGKILL');
    const members = async (groupId: string) => (await broker.admin.describeGroups([groupId])).groups[0]?.members ?? [];
    await eventually(async () => expect(await members('singles')).toEqual([]));
    expect(await members('batches')).toHaveLength(1);
    host.child.send({ hold: false });
    await eventually(async () => expect(await broker.committed('batches')).toBe(1));
    await broker.sendValues('after');
    await eventually(() => expect(seenValues(host, 'given')).toEqual(['slow', 'after']));
  });

  it('loses it when a function takes longer than maxPollIntervalMs, and the events come again', async () => {
    const broker = await startBroker();
    const slow = { ...shortSession, AzureFunctionsJobHost__extensions__kafka__maxPollIntervalMs: '500' };
    const host = await startHost('kafka', { ...broker.environment, ...slow, HOLD: 'true' });
    await broker.sendValues('too slow');
    await eventually(() => expect(seen(host, 'given')).toHaveLength(1));
    const members = async () => (await broker.admin.describeGroups(['batches'])).groups[0]?.members ?? [];
    await eventually(async () => expect(await members()).toEqual([]));
    host.child.send({ hold: false });
    await eventually(() => expect(seenValues(host, 'done')).toEqual(['too slow', 'too slow']));
    await eventually(async () => expect(await broker.committed('batches')).toBe(1));
  });

  it('waits for a topic that does not exist yet', async () => {
    const broker = await startBroker();
    const host = spawnHost('kafka', { ...broker.environment, TOPIC: 'later' });
    await eventually(() => expect(host.output()).toContain('batches: cannot consume later'));
    await broker.admin.createTopics({ topics: [{ topic: 'later', numPartitions: 1 }] });
    expect(await host.outcome).toMatchObject({ type: 'ready' });
  });

  it('hands over partitions without an event done twice, when another one joins during a run', async () => {
    const broker = await startBroker({ partitions: 4 });
    const environment = { ...broker.environment, ...shortSession };
    const first = await startHost('kafka', { ...environment, HOLD: 'true' });
    await broker.send(...numbers(40).map((value, index) => ({ value, partition: index % 4 })));
    await eventually(() => expect(seen(first, 'given')).toHaveLength(1));
    const second = spawnHost('kafka', environment);
    const isRebalancing = async () => (await broker.admin.describeGroups(['batches'])).groups[0]?.state;
    await eventually(async () => expect(await isRebalancing()).toBe('PreparingRebalance'));
    first.child.send({ hold: false });
    await second.outcome;
    await eventually(async () => expect(await broker.committed('batches')).toBe(40));
    const done = [...seenValues(first, 'done'), ...seenValues(second, 'done')].map(Number);
    expect(done.sort((a, b) => a - b)).toEqual(numbers(40).map(Number));
  });

  it('waits for a broker that is away, goes on when it is back, and says each once', async () => {
    const broker = await startBroker();
    await broker.stop();
    const host = spawnHost('kafka', { ...broker.environment, ...shortSession });
    const lines = (text: string) =>
      host
        .output()
        .split('\n')
        .filter((line) => line.includes(text)).length;
    await eventually(() => expect(lines('cannot consume orders')).toBe(1));
    await broker.restart();
    await host.outcome;
    await broker.sendValues('one');
    await eventually(() => expect(seenValues(host, 'done')).toEqual(['one']));
    await eventually(async () => expect(await broker.committed('batches')).toBe(1));

    await broker.stop();
    await eventually(() => expect(lines('cannot consume orders')).toBe(2));
    await broker.restart();
    await broker.sendValues('two');
    await eventually(() => expect(seenValues(host, 'done')).toEqual(['one', 'two']));
    expect(lines('cannot consume orders')).toBe(2);
    expect(lines('consumes orders again')).toBe(2);
  });
});
