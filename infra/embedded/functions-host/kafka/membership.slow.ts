import { describe, expect, it } from 'vitest';
import { eventually } from '../fixtures/eventually.ts';
import { numbers, seen, seenValues, shortSession, startBroker } from '../fixtures/kafka-events.ts';
import { spawnHost, startHost } from '../fixtures/start-host.ts';

describe('a Kafka consumer of the host', () => {
  it('a consumer stays in its group while a function takes longer than the session timeout', async () => {
    const broker = await startBroker();
    const host = await startHost('kafka', { ...broker.environment, ...shortSession, HOLD: 'true' });
    const lifeless = await startHost('kafka', { ...broker.environment, ...shortSession, FUNCTIONS: 'singles' });
    await broker.sendValues('slow');
    await eventually(() => expect(seen(host, 'given')).toHaveLength(1));
    await lifeless.stop('SIGKILL');
    await eventually(async () => expect(await broker.members('singles')).toEqual([]));
    expect(await broker.members('batches')).toHaveLength(1);
    host.child.send({ hold: false });
    await eventually(async () => expect(await broker.committed('batches')).toBe(1));
    await broker.sendValues('after');
    await eventually(() => expect(seenValues(host, 'given')).toEqual(['slow', 'after']));
  });

  it('a consumer leaves its group if a function takes longer than maxPollIntervalMs, and its events are redelivered', async () => {
    const broker = await startBroker();
    const slow = { ...shortSession, AzureFunctionsJobHost__extensions__kafka__maxPollIntervalMs: '500' };
    const host = await startHost('kafka', { ...broker.environment, ...slow, HOLD: 'true' });
    await broker.sendValues('too slow');
    await eventually(() => expect(seen(host, 'given')).toHaveLength(1));
    await eventually(async () => expect(await broker.members('batches')).toEqual([]));
    host.child.send({ hold: false });
    await eventually(() => expect(seenValues(host, 'done')).toEqual(['too slow', 'too slow']));
    await eventually(async () => expect(await broker.committed('batches')).toBe(1));
  });

  it('a consumer that waits for events beats each time that a fetch is back, and so hears of a rebalance', async () => {
    const asked: string[] = [];
    const broker = await startBroker({
      faults: {
        judge({ operation, client }) {
          if (client === 'batches' && ['Fetch', 'Heartbeat'].includes(operation)) asked.push(operation);
          return { kind: 'serve' };
        },
      },
    });
    await startHost('kafka', {
      ...broker.environment,
      AzureFunctionsJobHost__extensions__kafka__sessionTimeoutMs: '4500',
    });
    const threeTimes = Array.from({ length: 3 }, () => ['Fetch', 'Heartbeat']).flat();
    await eventually(() => expect(asked.slice(0, 6)).toEqual(threeTimes));
  });

  it('a consumer waits for a topic that does not exist yet', async () => {
    const broker = await startBroker();
    const host = spawnHost('kafka', { ...broker.environment, TOPIC: 'later' });
    await eventually(() => expect(host.output()).toContain('batches: cannot consume later'));
    await broker.admin.createTopics({ topics: [{ topic: 'later', numPartitions: 1 }] });
    expect(await host.outcome).toMatchObject({ type: 'ready' });
  });

  it('a consumer hands its partitions over to another that joins, and no event is handled twice', async () => {
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

  it('a consumer that waits for events leaves its group when its host stops, though the broker does not answer', async () => {
    const silence = new Promise<never>(() => undefined);
    const broker = await startBroker({
      faults: { judge: ({ operation }) => (operation === 'Fetch' ? silence : { kind: 'serve' }) },
    });
    const host = await startHost('kafka', broker.environment);
    expect(await host.stop()).toBe(0);
    const { groups } = await broker.admin.describeGroups(['batches']);
    expect(groups).toMatchObject([{ state: 'Empty', members: [] }]);
  });

  it('a consumer waits for an unavailable broker, continues when it is available, and logs both once', async () => {
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

  it('a consumer that its broker has forgotten, and whose next join fails, joins all the same, and commits what it does', async () => {
    const [coordinatorNotAvailable, unknownMember] = [15, 25];
    const refusals = new Map([
      ['Heartbeat', unknownMember],
      ['JoinGroup', coordinatorNotAvailable],
    ]);
    let isForgetful = false;
    const broker = await startBroker({
      faults: {
        judge({ operation, client }) {
          const status = client === 'batches' && isForgetful ? refusals.get(operation) : undefined;
          // In this order, and each once.
          if (status === undefined || operation !== refusals.keys().next().value) return { kind: 'serve' };
          refusals.delete(operation);
          return { kind: 'refuse', status };
        },
      },
    });
    const host = await startHost('kafka', { ...broker.environment, ...shortSession });
    const [former = ''] = await broker.members('batches');
    isForgetful = true;
    await eventually(async () => expect(await broker.members('batches')).toEqual([expect.not.stringMatching(former)]));
    await broker.sendValues('after');
    await eventually(() => expect(seenValues(host, 'done')).toContain('after'));
    await eventually(async () => expect(await broker.committed('batches')).toBe(1));
  });
});
