import type { EventHubConsumerClient, PartitionProperties, ReceivedEventData } from '@azure/event-hubs';
import type { ReceivedRecord } from '../received-record.ts';
import type { OffsetRange, Piece, TopicReader, TopicReading } from '../topic-reader.ts';
import type { HubClients } from './event-hubs-connection.ts';

/** A piece is done in seconds, so that whoever takes it may be stopped in between. */
const recordsAtOnce = 250;
/** Where something is to be read and nothing comes for so long, something is wrong. */
const longestSilenceSeconds = 60;

/** Reads by Event Hubs' own protocol, one partition after the other, and keeps no checkpoint; offsets are sequence numbers. */
export function eventHubsTopicReader(hubs: HubClients): TopicReader {
  const within = async <T>(topic: string, work: (hub: EventHubConsumerClient) => Promise<T>): Promise<T> => {
    const hub = hubs.reader(topic);
    try {
      return await work(hub);
    } finally {
      await hub.close();
    }
  };
  return {
    locate: (topic, from, to) =>
      within(topic, async (hub) => {
        const ends = await endsOf(hub);
        return Promise.all(
          ends.map(async (partition): Promise<OffsetRange> => {
            const newest = partition.lastEnqueuedSequenceNumber + 1;
            const end = to === undefined ? newest : await firstSince(hub, partition, to);
            return {
              partition: Number(partition.partitionId),
              next: Math.min(await firstSince(hub, partition, from), end),
              end,
            };
          }),
        );
      }),
    read: (reading) =>
      within(reading.topic, async (hub) => {
        const ends = new Map((await endsOf(hub)).map((one) => [Number(one.partitionId), one]));
        for (const stretch of reading.stretches) {
          const oldest = ends.get(stretch.partition)?.beginningSequenceNumber ?? 0;
          await readStretch(hub, { ...stretch, next: Math.max(stretch.next, oldest) }, reading);
        }
      }),
    close: async () => undefined, // each reading closes what it has opened
  };
}

async function endsOf(hub: EventHubConsumerClient): Promise<readonly PartitionProperties[]> {
  const ids = await hub.getPartitionIds();
  return Promise.all(ids.map((id) => hub.getPartitionProperties(id)));
}

/** The sequence number of the first event that arrived at a time or later; that of the next event where none has. */
async function firstSince(hub: EventHubConsumerClient, partition: PartitionProperties, time: Date): Promise<number> {
  const { partitionId, isEmpty, lastEnqueuedOnUtc, lastEnqueuedSequenceNumber } = partition;
  if (isEmpty || lastEnqueuedOnUtc < time) return lastEnqueuedSequenceNumber + 1;
  // Event Hubs gives what came after a time.
  const enqueuedOn = time.getTime() - 1;
  let first = lastEnqueuedSequenceNumber + 1;
  await receive(hub, partitionId, { startPosition: { enqueuedOn }, maxBatchSize: 1 }, async ([event]) => {
    if (event !== undefined) first = event.sequenceNumber;
    return true;
  });
  return first;
}

async function readStretch(
  hub: EventHubConsumerClient,
  { partition, next: start, end }: OffsetRange,
  { topic, take, signal }: TopicReading,
): Promise<void> {
  let next = start;
  if (next >= end || signal.aborted) return;
  const startPosition = { sequenceNumber: next, isInclusive: true };
  await receive(hub, String(partition), { startPosition, maxBatchSize: recordsAtOnce }, async (events) => {
    const records = events.map((event) => recordFrom(topic, partition, event));
    const piece: Piece = {
      partition,
      records: records.filter(({ offset }) => offset < end),
      next: Math.min(end, (records.at(-1)?.offset ?? next) + 1),
    };
    await take(piece);
    next = piece.next;
    return next >= end || signal.aborted;
  });
}

type Options = NonNullable<Parameters<EventHubConsumerClient['subscribe']>[2]>;

/** Receives of one partition until it is enough. @throws what `take` throws, or what the bus has failed of */
async function receive(
  hub: EventHubConsumerClient,
  partition: string,
  options: Options,
  take: (events: readonly ReceivedEventData[]) => Promise<boolean>,
): Promise<void> {
  const over = Promise.withResolvers<void>();
  let isOver = false;
  const end = (settle: () => void) => {
    isOver = true;
    settle();
  };
  const subscription = hub.subscribe(
    partition,
    {
      async processEvents(events) {
        if (isOver) return;
        if (events.length === 0) return end(() => over.reject(new Error(`${partition} is silent`)));
        try {
          if (await take(events)) end(over.resolve);
        } catch (error) {
          end(() => over.reject(error));
        }
      },
      async processError(error) {
        end(() => over.reject(error));
      },
    },
    { ...options, maxWaitTimeInSeconds: longestSilenceSeconds },
  );
  try {
    await over.promise;
  } finally {
    await subscription.close();
  }
}

function recordFrom(topic: string, partition: number, event: ReceivedEventData): ReceivedRecord {
  const { sequenceNumber, enqueuedTimeUtc, partitionKey, body, properties = {} } = event;
  return {
    topic,
    partition,
    offset: sequenceNumber,
    timestamp: enqueuedTimeUtc.toISOString(),
    key: partitionKey ?? undefined,
    // Our values are bytes; of other bodies the SDK makes what they are, and they are no events of ours.
    value: body instanceof Uint8Array ? Buffer.from(body).toString() : JSON.stringify(body),
    headers: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, String(value)])),
  };
}
