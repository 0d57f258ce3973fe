import { type Consumer, Kafka, logLevel } from 'kafkajs';
import { pause } from '../attempts.ts';
import { messageOf } from '../startup-error.ts';
import { BatchRunner, type BatchRunnerOptions } from './batch-runner.ts';
import { type FailureKind, failureKindOf } from './failure-kind.ts';
import { FetchSockets } from './fetch-sockets.ts';

export interface KafkaListenerOptions extends Omit<BatchRunnerOptions, 'heartbeatMs' | 'stopping'> {
  /** How long events are gathered before they are passed on; 0 passes on what there is at once. */
  readonly releaseIntervalMs: number;
}

/** A function's consumer. */
export interface KafkaListener {
  /** Resolves when the consumer has joined its group for the first time. */
  readonly joined: Promise<void>;
  /** Begins no more runs, waits for those under way, commits them and leaves the group. */
  stop(): Promise<void>;
}

/** Between two tries to reach a broker that is away: longer from try to try, so that one that refuses us has its peace. */
const [shortestDelayMs, longestDelayMs] = [500, 4_000];

/** More than the partitions of any topic here (32 on Event Hubs): each may have a batch under way. */
const partitionsAtOnce = 64;

/** The extension's defaults of host.json's maxPartitionFetchBytes and fetchMaxBytes. */
const fetchedBytes = { ofAPartition: 1_048_576, atOnce: 52_428_800 };

/** Events that come are answered at once. Until a fetch is back, though, a member neither beats nor hears of a rebalance. */
const longestFetchMs = 2_000;

/** A fetch waits until this much is there, or the release interval is over. */
const gatheredBytes = 1_048_576;

/** Consumes a function's topic until it is stopped. A broker that is away, now or later, is waited for without end. */
export function startKafkaListener(options: KafkaListenerOptions): KafkaListener {
  const { trigger, kafka, log } = options;
  const stop = new AbortController();
  const heartbeatMs = Math.ceil(kafka.sessionTimeoutMs / 3);
  const runner = new BatchRunner({ ...options, heartbeatMs, stopping: stop.signal });
  const joined = Promise.withResolvers<void>();
  /** Tries in a row that have failed, and why, as far as it was told. */
  let failures = 0;
  let told: FailureKind | undefined;

  const say = (level: 'information' | 'warning', message: string) =>
    log({ level, category: 'host', functionName: trigger.functionName, message });

  async function consumeUntilCrash(consumer: Consumer, sockets: FetchSockets): Promise<void> {
    const crash = Promise.withResolvers<Error | undefined>();
    stop.signal.addEventListener('abort', () => crash.resolve(undefined), { once: true });
    consumer.on(consumer.events.CRASH, ({ payload }) => crash.resolve(payload.error));
    consumer.on(consumer.events.GROUP_JOIN, () => {
      runner.regrouped();
      sockets.regrouped();
      joined.resolve();
      if (told !== undefined) say('information', `consumes ${trigger.topic} again`);
      told = undefined;
      failures = 0;
    });
    // It rejoins right after, and whoever gets its partitions goes on from what is committed.
    consumer.on(consumer.events.REBALANCING, () => void runner.commit());
    await consumer.connect();
    await consumer.subscribe({ topic: trigger.topic, fromBeginning: kafka.autoOffsetReset === 'earliest' });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: partitionsAtOnce,
      eachBatch: (payload) => runner.run(payload),
    });
    const error = await crash.promise;
    if (error !== undefined) throw error;
    await runner.commit();
  }

  async function consume(): Promise<void> {
    while (!stop.signal.aborted) {
      const sockets = new FetchSockets();
      const consumer = consumerOf(options, heartbeatMs, sockets);
      try {
        await consumeUntilCrash(consumer, sockets);
      } catch (error) {
        const kind = failureKindOf(error);
        const brokers = trigger.connection.brokers.join(',');
        if (kind !== told)
          say('warning', `cannot consume ${trigger.topic} from ${brokers}, trying again: ${messageOf(error)}`);
        told = kind;
        failures += 1;
      }
      await disconnect(consumer, sockets);
      runner.regrouped();
      await pause(Math.min(shortestDelayMs * 2 ** (failures - 1), longestDelayMs), stop.signal);
    }
  }

  const consumed = consume();
  return {
    joined: joined.promise,
    stop() {
      stop.abort();
      return consumed;
    },
  };
}

function consumerOf(
  { trigger, kafka, releaseIntervalMs }: KafkaListenerOptions,
  heartbeatMs: number,
  { factory: socketFactory }: FetchSockets,
): Consumer {
  const client = new Kafka({
    ...trigger.connection,
    clientId: trigger.functionName,
    socketFactory,
    // Its log repeats every failed try; the listener tells once what has changed.
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 100, maxRetryTime: shortestDelayMs, retries: 5, restartOnFailure: async () => false },
  });
  return client.consumer({
    groupId: trigger.groupId,
    sessionTimeout: kafka.sessionTimeoutMs,
    // kafkajs beats when a fetch is back, unless it has within this time: half of a fetch, so that none is a moment too early.
    heartbeatInterval: Math.ceil(heartbeatMs / 2),
    // A member under way with a batch has this long to come to a rebalance, as with librdkafka.
    rebalanceTimeout: kafka.maxPollIntervalMs,
    allowAutoTopicCreation: false,
    metadataMaxAge: 180_000,
    maxBytesPerPartition: fetchedBytes.ofAPartition,
    maxBytes: fetchedBytes.atOnce,
    maxWaitTimeInMs: Math.min(releaseIntervalMs || longestFetchMs, heartbeatMs),
    minBytes: releaseIntervalMs > 0 ? gatheredBytes : 1,
  });
}

async function disconnect(consumer: Consumer, sockets: FetchSockets): Promise<void> {
  try {
    const gone = consumer.disconnect();
    sockets.end();
    await gone;
  } catch {
    // There is nothing to leave on a broker that cannot be reached; the session times out there.
  }
}
