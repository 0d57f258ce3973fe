import { describe, expect, it } from 'vitest';
import {
  clientOf,
  collect,
  connectAdmin,
  connectProducer,
  startServer,
  temporaryFolder,
} from '../../../infra/embedded/kafka/testing/server-under-test.ts';
import {
  createEvent,
  type Envelope,
  getConsumerGroup,
  KAFKA_TOPICS,
  type MessageMetadata,
} from '../../../shared/kafka-service/kafka-service.ts';
import { FaultScript } from '../../rigs/kernel/fault-script.ts';
import { aUser, busWithService, connectedTo, keeping, serviceOn } from '../../rigs/kernel/kafka-service-bench.ts';
import { eventually } from '../../rigs/stack/eventually.ts';

const group = getConsumerGroup('audit');

describe('publishing an event', () => {
  it('publishing an event sends it to the topic of its domain with its key and headers', async () => {
    const { server, kafka } = await busWithService();
    const { seen } = await collect(clientOf(server), 'identity-events');
    const event = aUser('ann');
    await kafka.publishEvent(KAFKA_TOPICS.USER_CREATED, event);
    await kafka.publishEvent('identity-events', event, 'another-key');

    await eventually(() => expect(seen).toHaveLength(2));
    const messages = seen.map(({ message }) => ({
      key: String(message.key),
      type: String(message.headers?.type),
      id: String(message.headers?.id),
      event: JSON.parse(String(message.value)),
    }));
    const labels = { type: 'user.created', id: event.id };
    expect(messages).toHaveLength(2);
    expect(messages).toEqual(
      expect.arrayContaining([
        { key: 'acme/ann', ...labels, event },
        { key: 'acme/another-key', ...labels, event: { ...event, partitionkey: 'another-key' } },
      ]),
    );
  });

  it.each([
    ['an event published to another domain’s topic', 'order-events', {}, "publish it to 'user.created'"],
    ['an event published as another event', 'user.deleted', {}, "publish it to 'user.created'"],
    ['an event published to an unknown topic', 'user-events', {}, "no event or topic 'user-events'"],
    ['an event of an unknown type', 'identity-events', { type: 'user.promoted' }, 'user.promoted has no place'],
    ['an invalid event', 'user.created', { subject: '' }, 'make it with createEvent (subject: '],
    ['an event with invalid data', 'user.created', { data: 'ann' }, 'breaks the contract of user.created'],
  ])('%s is refused before anything is sent', async (_, name, change, complaint) => {
    const { server, kafka } = await busWithService();
    await expect(kafka.publishEvent(name, { ...aUser('ann'), ...change })).rejects.toThrow(complaint);
    const admin = await connectAdmin(clientOf(server));
    for (const { high } of await admin.fetchTopicOffsets('identity-events')) expect(high).toBe('0');
  });
});

describe('a subscription', () => {
  it('a subscription gets the events of its type as published, with their metadata', async () => {
    const { kafka } = await busWithService();
    const seen: [Envelope, MessageMetadata][] = [];
    await kafka.subscribe('USER_CREATED', group, (event, metadata) => {
      seen.push([event, metadata]);
    });
    const event = aUser('ann');
    const ofSameTenant = { source: 'tests', tenantId: event.tenantid };
    await kafka.publishEvent('user.deleted', createEvent('user.deleted', { userId: 'ann', by: 'ben' }, ofSameTenant));
    await kafka.publishEvent('user.created', event);
    await eventually(() => expect(seen).toHaveLength(1));
    expect(seen[0]).toEqual([
      event,
      {
        topic: 'identity-events',
        partition: expect.any(Number),
        offset: 1,
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        key: 'acme/ann',
        headers: { 'content-type': 'application/cloudevents+json', type: 'user.created', id: event.id },
        group: 'audit-group.user.created',
      },
    ]);
  });

  it('a subscription starts with the oldest event, or with the next one on request', async () => {
    const { kafka } = await busWithService();
    await kafka.publishEvent('user.created', aUser('early'));
    const [all, next] = [keeping(), keeping()];
    await kafka.subscribe('user.created', 'all', all.handler);
    await kafka.subscribe('user.created', 'next', next.handler, { fromBeginning: false });
    await eventually(() => expect(all.seen).toEqual(['user/early']));
    await eventually(async () => {
      await kafka.publishEvent('user.created', aUser('late'));
      expect(next.seen).toContain('user/late');
    });
    expect(next.seen).not.toContain('user/early');
  });

  it('several subscriptions of one group to one topic each get all their events', async () => {
    const { kafka } = await busWithService();
    const [created, deleted, all] = [keeping(), keeping(), keeping()];
    await kafka.subscribe('user.created', group, created.handler);
    await kafka.subscribe('user.deleted', group, deleted.handler);
    await kafka.subscribe('identity-events', group, all.handler);
    for (const userId of ['a', 'b', 'c', 'd']) {
      await kafka.publishEvent('user.created', aUser(userId));
      await kafka.publishEvent('user.deleted', createEvent('user.deleted', { userId, by: 'ben' }, { source: 'tests' }));
    }
    const four = ['user/a', 'user/b', 'user/c', 'user/d'];
    await eventually(() => expect(created.seen.toSorted()).toEqual(four));
    await eventually(() => expect(deleted.seen.toSorted()).toEqual(four));
    await eventually(() => expect(all.seen).toHaveLength(8));
  });

  it('a subscription shares its events with the other instances of the program', async () => {
    const { server, kafka } = await busWithService();
    const other = await connectedTo(server);
    const [one, two] = [keeping(), keeping()];
    await kafka.subscribe('user.created', group, one.handler);
    await other.subscribe('user.created', group, two.handler);
    const users: string[] = [];
    await eventually(async () => {
      const userId = `user-${users.length}`;
      users.push(`user/${userId}`);
      await kafka.publishEvent('user.created', aUser(userId));
      expect([one.seen.length > 0, two.seen.length > 0]).toEqual([true, true]);
    });
    await eventually(() => expect(new Set([...one.seen, ...two.seen])).toEqual(new Set(users)));
  });

  it('a subscription ignores replays addressed to Lagerhaus subscribers and invalid records', async () => {
    const { server, kafka } = await busWithService();
    const producer = await connectProducer(clientOf(server));
    const value = JSON.stringify(aUser('again'));
    const messages = [
      { key: 'k', value, headers: { replayfor: 'send-welcome' } },
      { key: 'k', value: 'no event' },
      { key: 'k', value: JSON.stringify({ ...aUser('broken'), data: 'ann' }) },
      { key: 'k', value: JSON.stringify(aUser('good')) },
    ];
    await producer.send({ topic: 'identity-events', messages });
    const { seen, handler } = keeping();
    await kafka.subscribe('identity-events', group, handler);
    await eventually(() => expect(seen).toEqual(['user/good']));
  });
});

describe('an event whose handler throws', () => {
  it('an event whose handler throws is retried before its successors, and others do not wait', async () => {
    const { kafka } = await busWithService();
    let attempts = 0;
    let isMended = false;
    const { seen, handler } = keeping(({ subject }) => {
      if (subject !== 'user/poison') return;
      attempts += 1;
      if (!isMended) throw new Error('not now');
    });
    await kafka.subscribe('user.created', group, handler);
    await kafka.publishEvent('user.created', aUser('poison'), 'one');
    await kafka.publishEvent('user.created', aUser('behind'), 'one');
    let others = 0;
    await eventually(async () => {
      others += 1;
      await kafka.publishEvent('user.created', aUser('beside'), `other-${others}`);
      expect(attempts).toBeGreaterThan(2);
      expect(seen).toContain('user/beside');
    });
    expect(seen).not.toContain('user/behind');
    isMended = true;
    await eventually(() => expect(seen).toContain('user/behind'));
    expect(seen.indexOf('user/poison')).toBeGreaterThanOrEqual(0);
    expect(seen.indexOf('user/poison')).toBeLessThan(seen.indexOf('user/behind'));
  });

  it('an event whose handler throws is skipped if onFailure decides so', async () => {
    const { kafka } = await busWithService();
    const given: number[] = [];
    const { seen, handler } = keeping(({ subject }) => {
      if (subject === 'user/poison') throw new Error('never');
    });
    await kafka.subscribe('user.created', group, handler, {
      onFailure: (_, __, attempts) => {
        given.push(attempts);
        return attempts < 3 ? 'again' : 'skip';
      },
    });
    await kafka.publishEvent('user.created', aUser('poison'), 'one');
    await kafka.publishEvent('user.created', aUser('good'), 'one');
    await eventually(() => expect(seen).toEqual(['user/good']));
    expect(given).toEqual([1, 2, 3]);
  });
});

describe('an event that takes longer than two sessions', () => {
  /** More heartbeats, a tenth of a session apart, than fit into two sessions. */
  const long = 20;

  it.each<[string, (heartbeats: () => number) => void | Promise<void>]>([
    [
      'in many attempts',
      (heartbeats) => {
        if (heartbeats() <= long) throw new Error('not now');
      },
    ],
    ['in one attempt', (heartbeats) => eventually(() => expect(heartbeats()).toBeGreaterThan(long))],
  ])('an event that outlasts two sessions stays with its consumer: %s', async (_, untilOutlived) => {
    const faults = new FaultScript();
    const { server, kafka } = await busWithService({ faults });
    const admin = await connectAdmin(clientOf(server));
    const { seen, handler } = keeping(() => untilOutlived(() => faults.count('Heartbeat')));
    const subscription = await kafka.subscribe('user.created', group, handler);
    const memberNow = async () => {
      const { groups } = await admin.describeGroups([subscription.group]);
      return groups[0]?.members.map(({ memberId }) => memberId);
    };
    const member = await memberNow();
    faults.recount();
    await kafka.publishEvent('user.created', aUser('slow'));
    await eventually(() => expect(seen).toEqual(['user/slow']));
    expect(member).toHaveLength(1);
    expect(await memberNow()).toEqual(member);
  });
});

describe('disconnecting', () => {
  it('disconnecting lets a running handler finish, so that its event is not redelivered', async () => {
    const { server, kafka } = await busWithService();
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const first = keeping(() => {
      begun.resolve();
      return end.promise;
    });
    const { group: left } = await kafka.subscribe('user.created', group, first.handler);
    const admin = await connectAdmin(clientOf(server));
    await kafka.publishEvent('user.created', aUser('ann'), 'one');
    await kafka.publishEvent('user.created', aUser('bob'), 'one');
    await begun.promise;
    let isDisconnected = false;
    const disconnected = kafka.disconnect().then(() => {
      isDisconnected = true;
    });
    // Time enough for who does not wait: another program comes and goes.
    const other = await connectedTo(server);
    await other.publishEvent(
      'user.deleted',
      createEvent('user.deleted', { userId: 'ann', by: 'ben' }, { source: 'tests' }),
    );
    await other.disconnect();
    expect(isDisconnected).toBe(false);
    end.resolve();
    await disconnected;
    expect((await admin.describeGroups([left])).groups).toMatchObject([{ members: [] }]);
    expect(first.seen).toEqual(['user/ann']);

    const second = keeping();
    await (await connectedTo(server)).subscribe('user.created', group, second.handler);
    await eventually(() => expect(second.seen).toEqual(['user/bob']));
  });

  it('disconnecting leaves an unfinished event to the next consumer', async () => {
    const { server, kafka } = await busWithService();
    let attempts = 0;
    const failing = keeping(() => {
      attempts += 1;
      throw new Error('never');
    });
    await kafka.subscribe('user.created', group, failing.handler);
    await kafka.publishEvent('user.created', aUser('ann'));
    await eventually(() => expect(attempts).toBeGreaterThan(1));
    await kafka.disconnect();
    const { seen, handler } = keeping();
    await (await connectedTo(server)).subscribe('user.created', group, handler);
    await eventually(() => expect(seen).toEqual(['user/ann']));
  });

  it('disconnecting waits for events that are being published', async () => {
    const faults = new FaultScript();
    const { server, kafka } = await busWithService({ faults });
    const held = faults.hold('Produce');
    const published = kafka.publishEvent('user.created', aUser('ann'));
    await held.arrived(1);
    const disconnected = kafka.disconnect();
    const other = await connectedTo(server);
    await other.disconnect();
    held.release();
    await expect(published).resolves.toBeUndefined();
    await disconnected;
    expect(faults.count('Produce')).toBe(1);
  });

  it('initialize connects again after disconnecting', async () => {
    const { kafka } = await busWithService();
    await kafka.disconnect();
    await expect(kafka.publishEvent('user.created', aUser('ann'))).rejects.toThrow('await its initialize() first');
    await expect(kafka.subscribe('user.created', group, () => undefined)).rejects.toThrow('initialize()');
    await kafka.initialize();
    await expect(kafka.publishEvent('user.created', aUser('ann'))).resolves.toBeUndefined();
  });
});

describe('a bus that goes away', () => {
  it('subscriptions resume when Kafka is back', async () => {
    const dataDir = temporaryFolder();
    const { server, kafka } = await busWithService({ dataDir });
    const { seen, handler } = keeping();
    await kafka.subscribe('user.created', group, handler);
    await kafka.publishEvent('user.created', aUser('before'));
    await eventually(() => expect(seen).toEqual(['user/before']));
    await server.close();
    await expect(kafka.publishEvent('user.created', aUser('lost'))).rejects.toThrow();
    await startServer({ dataDir, port: server.port });
    await eventually(() => kafka.publishEvent('user.created', aUser('after')), 20_000);
    await eventually(() => expect(seen).toContain('user/after'), 20_000);
  });

  it('the health check shows the connection to Kafka and the subscriptions', async () => {
    const { server, kafka } = await busWithService();
    const brokers = [server.brokers];
    expect(await kafka.healthCheck()).toEqual({ connected: true, producer: true, consumers: 0, brokers });
    const subscription = await kafka.subscribe('user.created', group, () => undefined);
    expect(await kafka.healthCheck()).toMatchObject({ connected: true, consumers: 1 });
    await subscription.stop();
    expect(await kafka.healthCheck()).toMatchObject({ connected: true, consumers: 0 });
    await server.close();
    expect(await kafka.healthCheck()).toEqual({ connected: false, producer: false, consumers: 0, brokers: [] });
  });

  it('initialize fails with the address of Kafka if Kafka is unreachable', async () => {
    const { server } = await busWithService();
    await server.close();
    const kafka = serviceOn(server);
    await expect(kafka.initialize()).rejects.toThrow(`Kafka at ${server.brokers} does not answer`);
    expect(await kafka.healthCheck()).toEqual({ connected: false, producer: false, consumers: 0, brokers: [] });
  });
});
