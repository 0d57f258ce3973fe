import { EventHubProducerClient } from '@azure/event-hubs';
import { BlobCheckpointStore } from '@azure/eventhubs-checkpointstore-blob';
import { ContainerClient } from '@azure/storage-blob';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startBlobServer } from '../../blobs/server.ts';
import { type HubsUnderTestOptions, startHubs } from '../../event-hubs/server-under-test.ts';
import { temporaryFolder } from '../../kafka/testing/server-under-test.ts';
import { eventually } from '../fixtures/eventually.ts';
import { type RunningHost, spawnHost, startHost } from '../fixtures/start-host.ts';

const hub = 'orders';

interface Seen {
  readonly type: 'given' | 'done';
  readonly values: readonly string[];
  readonly triggerMetadata: Readonly<Record<string, unknown>>;
}

async function startBench(options: HubsUnderTestOptions = {}) {
  const hubs = await startHubs({ partitions: 1, ...options });
  const blobs = await startBlobServer({ dataDir: temporaryFolder(), secret: 'secret' });
  onTestFinished(() => blobs.close());
  const producer = new EventHubProducerClient(hubs.connectionString, hub);
  onTestFinished(() => producer.close());
  const checkpoints = new BlobCheckpointStore(new ContainerClient(blobs.connectionString, 'azure-webjobs-eventhub'));
  return {
    hubs,
    environment: { EVENT_HUBS: hubs.connectionString, AzureWebJobsStorage: blobs.connectionString, HUB: hub },
    async send(...values: readonly string[]) {
      const batch = await producer.createBatch({ partitionKey: 'main' });
      for (const value of values) batch.tryAdd({ body: Buffer.from(value), properties: { type: 'order.created' } });
      await producer.sendBatch(batch);
    },
    /** The sequence numbers that were handled last. */
    async committed() {
      const known = await checkpoints.listCheckpoints(producer.fullyQualifiedNamespace, hub, 'batches');
      return known.map(({ sequenceNumber }) => sequenceNumber);
    },
  };
}

function seen({ messages }: Pick<RunningHost, 'messages'>, type: Seen['type']): readonly Seen[] {
  return messages.filter((message): message is Seen => message.type === type);
}
const values = (...args: Parameters<typeof seen>) => seen(...args).flatMap((invocation) => invocation.values);

describe('messages from Event Hubs', () => {
  it('Event Hubs messages arrive once, in order and with metadata, in batches up to maxEventBatchSize', async () => {
    const bench = await startBench();
    const sent = Array.from({ length: 25 }, (_, index) => `{"n":${index}}`);
    await bench.send(...sent);
    const host = await startHost('event-hubs', bench.environment);
    await eventually(() => expect(values(host, 'done')).toEqual(sent));
    // How many a batch holds is for the network to say; that they are ten at most, for the host.
    const done = seen(host, 'done');
    expect(done.filter(({ values: batch }) => batch.length > 10)).toEqual([]);
    for (const { triggerMetadata } of done) {
      expect(triggerMetadata).toMatchObject({
        partitionContext: { eventHubName: hub, consumerGroup: 'batches', partitionId: '0' },
      });
    }
    const told = (name: string) => done.flatMap(({ triggerMetadata }) => triggerMetadata[name]);
    expect(told('offsetArray')).toEqual(sent.map((_, index) => index * 100));
    expect(told('propertiesArray')).toEqual(sent.map(() => ({ type: 'order.created' })));
    expect(told('systemPropertiesArray')).toEqual(
      sent.map((_, index) =>
        expect.objectContaining({ sequenceNumber: index, offset: String(index * 100), partitionKey: 'main' }),
      ),
    );
    await eventually(async () => expect(await bench.committed()).toEqual([24]));
  });

  it('Event Hubs messages that were handled are not delivered again after an orderly stop', async () => {
    const bench = await startBench();
    const first = await startHost('event-hubs', bench.environment);
    await bench.send('one');
    await eventually(() => expect(values(first, 'done')).toEqual(['one']));
    await first.stop();
    await bench.send('two');
    const second = await startHost('event-hubs', bench.environment);
    await eventually(() => expect(values(second, 'done')).toEqual(['two']));
  });
});

describe('a failing function of Event Hubs', () => {
  it('a failing function without a retry policy loses its Event Hubs batch, as on Azure', async () => {
    const bench = await startBench();
    const host = await startHost('event-hubs', { ...bench.environment, FAILURES: '1' });
    await bench.send('lost');
    await eventually(async () => expect(await bench.committed()).toEqual([0]));
    await bench.send('next');
    await eventually(() => expect(values(host, 'done')).toEqual(['next']));
  });

  it('a failing function with a retry policy gets the same Event Hubs batch again before any other', async () => {
    const bench = await startBench();
    const host = await startHost('event-hubs', { ...bench.environment, RETRY: 'true', FAILURES: '2' });
    await bench.send('first');
    await eventually(() => expect(values(host, 'given')).toHaveLength(1));
    await bench.send('second');
    await eventually(() => expect(values(host, 'done')).toEqual(['first', 'second']));
    expect(values(host, 'given')).toEqual(['first', 'first', 'first', 'second']);
  });

  it('an Event Hubs batch stays unhandled if the host stops while its function fails', async () => {
    const bench = await startBench();
    const failing = { ...bench.environment, RETRY: 'true', FAILURES: '1000' };
    const host = await startHost('event-hubs', failing);
    await bench.send('unfinished');
    await eventually(() => expect(values(host, 'given').length).toBeGreaterThan(0));
    await host.stop();
    expect(await bench.committed()).toEqual([]);
    const next = await startHost('event-hubs', bench.environment);
    await eventually(() => expect(values(next, 'done')).toEqual(['unfinished']));
  });
});

describe('an event processor', () => {
  it('an event processor takes over the unfinished work of a killed host', async () => {
    const bench = await startBench();
    const host = await startHost('event-hubs', { ...bench.environment, HOLD: 'true' });
    await bench.send('held');
    await eventually(() => expect(values(host, 'given')).toEqual(['held']));
    await host.stop('SIGKILL');
    const next = await startHost('event-hubs', bench.environment);
    await eventually(() => expect(values(next, 'done')).toEqual(['held']));
  });

  it('an event processor waits for an unavailable namespace and continues when it is available', async () => {
    const dataDir = temporaryFolder();
    const bench = await startBench({ dataDir });
    const { port } = bench.hubs;
    await bench.hubs.close();
    const host = spawnHost('event-hubs', bench.environment);
    await eventually(() => expect(host.output()).toContain('batches: cannot consume orders'));
    await startHubs({ dataDir, port, hubs: [] });
    await host.outcome;
    await eventually(() => bench.send('late'));
    await eventually(() => expect(values(host, 'done')).toEqual(['late']));
  });
});
