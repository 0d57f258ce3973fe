import { describe, expect, it } from 'vitest';
import { eventually } from '../fixtures/eventually.ts';
import { numbers, seen, seenValues, shortSession, startBroker } from '../fixtures/kafka-events.ts';
import { startHost } from '../fixtures/start-host.ts';

const redeliver = {
  AzureFunctionsJobHost__extensions__kafka__commitOnFailure: 'false',
  AzureFunctionsJobHost__extensions__kafka__maxRetries: '-1',
};

describe('Kafka events', () => {
  it('Kafka events arrive once, in order for each partition, in batches up to maxBatchSize', async () => {
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

  it('Kafka events have the shape that the Kafka extension gives them', async () => {
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

  it('a function of cardinality one gets its events one by one and in order while another function is stuck', async () => {
    const broker = await startBroker();
    const host = await startHost('kafka', { ...broker.environment, FUNCTIONS: 'batches,singles', HOLD: 'true' });
    await broker.sendValues(...numbers(5));
    await eventually(() => expect(seenValues(host, 'done', 'singles')).toEqual(numbers(5)));
    expect(seen(host, 'done', 'singles').every(({ events }) => events.length === 1)).toBe(true);
    expect(seen(host, 'done')).toEqual([]);
  });

  it('Kafka events are collected during the subscriber interval if one is set', async () => {
    const broker = await startBroker();
    const host = await startHost('kafka', { ...broker.environment, KAFKA_SUBSCRIBER_INTERVAL_SECONDS: '1' });
    for (const value of numbers(9)) await broker.sendValues(value);
    await eventually(() => expect(seenValues(host, 'done')).toEqual(numbers(9)));
    expect(seen(host, 'done').length).toBeLessThan(5);
  });

  it('Kafka events are consumed over SASL', async () => {
    const broker = await startBroker({ sasl: true });
    const host = await startHost('kafka', { ...broker.environment, PROTOCOL: 'SASLPLAINTEXT' });
    await broker.sendValues('hello');
    await eventually(() => expect(seenValues(host, 'done')).toEqual(['hello']));
  });
});

describe('a failing function of Kafka', () => {
  it('a failing function loses its Kafka batch by default, as on Azure', async () => {
    const broker = await startBroker();
    const host = await startHost('kafka', { ...broker.environment, FAILURES: '1' });
    await broker.sendValues('lost');
    await eventually(async () => expect(await broker.committed('batches')).toBe(1));
    await broker.sendValues('next');
    await eventually(() => expect(seenValues(host, 'done')).toEqual(['next']));
    expect(seenValues(host, 'given')).toEqual(['lost', 'next']);
  });

  it('a failing function gets the same Kafka events first, if commitOnFailure is false and maxRetries -1', async () => {
    const broker = await startBroker();
    const host = await startHost('kafka', { ...broker.environment, ...redeliver, HOLD: 'true', FAILURES: '3' });
    await broker.sendValues('first');
    await eventually(() => expect(seenValues(host, 'given')).toEqual(['first']));
    await broker.sendValues('second');
    host.child.send({ hold: false });
    await eventually(() => expect(seenValues(host, 'done')).toEqual(['first', 'second']));
    expect(seenValues(host, 'given')).toEqual(['first', 'first', 'first', 'first', 'second']);
  });

  it('a failing function loses its Kafka batch after maxRetries, and a log line names the events', async () => {
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

describe('Kafka offsets', () => {
  it('Kafka offsets are committed after the function has finished, even if the host is stopping', async () => {
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

  it('Kafka offsets are not committed if the host stops while its function keeps failing', async () => {
    const broker = await startBroker();
    const host = await startHost('kafka', { ...broker.environment, ...redeliver, FAILURES: '1000' });
    await broker.sendValues('unlucky');
    await eventually(() => expect(seen(host, 'given').length).toBeGreaterThan(1));
    expect(await host.stop()).toBe(0);
    expect(await broker.committed('batches')).toBe(0);
  });

  it('a Kafka function gets its next events while offsets are being committed, and all that are not again after a crash', async () => {
    const silence = new Promise<never>(() => undefined);
    const broker = await startBroker({
      faults: { judge: ({ operation }) => (operation === 'OffsetCommit' ? silence : { kind: 'serve' }) },
    });
    // Its beats wait behind its commit, so all of it has to come within a session.
    const session = { AzureFunctionsJobHost__extensions__kafka__sessionTimeoutMs: '6000' };
    const killed = await startHost('kafka', { ...broker.environment, ...session });
    for (const value of numbers(3)) {
      await broker.sendValues(value);
      await eventually(() => expect(seenValues(killed, 'done')).toContain(value));
    }
    expect(await broker.committed('batches')).toBe(0);
    await killed.stop('SIGKILL');
    const next = await startHost('kafka', { ...broker.environment, ...shortSession });
    await eventually(() => expect(seenValues(next, 'done')).toEqual(numbers(3)));
  });

  it('Kafka offsets are not committed if the host is killed, and the events are delivered again', async () => {
    const broker = await startBroker();
    const killed = await startHost('kafka', { ...broker.environment, ...shortSession, HOLD: 'true' });
    await broker.sendValues('cut off');
    await eventually(() => expect(seen(killed, 'given')).toHaveLength(1));
    await killed.stop('SIGKILL');
    const next = await startHost('kafka', { ...broker.environment, ...shortSession });
    await eventually(() => expect(seenValues(next, 'done')).toEqual(['cut off']));
  });
});
