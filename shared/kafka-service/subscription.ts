import { setTimeout as wait } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { backoff } from '../async/backoff.ts';
import { recordFrom } from '../bus/kafka/kafka-record.ts';
import { withHeartbeat } from '../bus/kafka/with-heartbeat.ts';
import type { ReceivedRecord } from '../bus/received-record.ts';
import { errorText, type Log } from '../telemetry/log.ts';
import { Attempts } from './attempts.ts';

export interface SubscriptionOptions {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly group: string;
  /** Whether a group that has never been there begins with the oldest event, or with the next. */
  readonly fromBeginning: boolean;
  /** After how long without a heartbeat the broker gives the partitions to others. */
  readonly sessionTimeoutMs: number;
  /** Tells whether the record is over and done with; if not, it comes again. */
  readonly deliver: (record: ReceivedRecord, attempt: number) => Promise<boolean>;
  readonly log: Log;
}

/** More than a topic has partitions (32 on Event Hubs), so that all of them run side by side. */
const partitionsAtOnce = 64;

/** A member of a consumer group, which joins again whenever it is thrown out, until it is stopped. */
export class Subscription {
  readonly #options: SubscriptionOptions;
  readonly #stopping = new AbortController();
  readonly #attempts = new Attempts();
  #isJoined = false;
  #ended: Promise<void> = Promise.resolve();

  constructor(options: SubscriptionOptions) {
    this.#options = options;
  }

  /** The consumer group, as tools show it. */
  get group(): string {
    return this.#options.group;
  }

  get isJoined(): boolean {
    return this.#isJoined;
  }

  /** Settles once it has joined its group. @throws what kept it from joining the first time. */
  start(): Promise<void> {
    const joined = Promise.withResolvers<void>();
    this.#ended = this.#stay(joined);
    return joined.promise;
  }

  /** Lets the handlers that run end, commits what they did, and leaves the group. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#ended;
  }

  async #stay(joined: PromiseWithResolvers<void>): Promise<void> {
    const { signal } = this.#stopping;
    let hasJoined = false;
    for (let failures = 1; !signal.aborted; failures += 1) {
      const consumer = this.#consumer();
      consumer.on(consumer.events.GROUP_JOIN, () => {
        this.#isJoined = true;
        hasJoined = true;
        failures = 0;
        joined.resolve();
      });
      const error = await this.#consumeUntilItFails(consumer);
      this.#isJoined = false;
      await leave(consumer);
      if (error === undefined) break;
      if (!hasJoined) return joined.reject(error);
      this.#options.log.warn('subscription interrupted, joining its group again', {
        group: this.group,
        error: errorText(error),
      });
      await wait(backoff(failures), undefined, { signal }).catch(() => {
        // It is to stop, which the loop looks at.
      });
    }
    joined.reject(new Error(`the subscription of ${this.group} was stopped before it had joined`));
  }

  /** Settles with the error, or with nothing when it is to stop. */
  async #consumeUntilItFails(consumer: Consumer): Promise<unknown> {
    const { topic, fromBeginning } = this.#options;
    const over = Promise.withResolvers<unknown>();
    this.#stopping.signal.addEventListener('abort', () => over.resolve(undefined), { once: true });
    consumer.on(consumer.events.CRASH, ({ payload }) => over.resolve(payload.error));
    try {
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning });
      await consumer.run({
        partitionsConsumedConcurrently: partitionsAtOnce,
        eachBatchAutoResolve: false,
        autoCommitInterval: 1_000,
        eachBatch: (payload) => this.#consume(payload),
      });
    } catch (error) {
      return error;
    }
    return over.promise;
  }

  /** Delivers what was fetched of a partition, up to the first record that is to come again after a pause. */
  async #consume(fetched: EachBatchPayload): Promise<void> {
    const { sessionTimeoutMs } = this.#options;
    const { topic, partition, messages } = fetched.batch;
    for (const message of messages) {
      if (!fetched.isRunning() || fetched.isStale()) return;
      const attempt = this.#attempts.of(partition, message.offset);
      const record = recordFrom(topic, partition, message);
      const isDone = await withHeartbeat(fetched, sessionTimeoutMs, () => this.#options.deliver(record, attempt));
      if (!isDone) {
        // A partition that waits is not fetched from; the others are.
        const resume = fetched.pause();
        setTimeout(resume, backoff(attempt)).unref();
        return;
      }
      fetched.resolveOffset(message.offset);
      await fetched.commitOffsetsIfNecessary();
      await fetched.heartbeat();
    }
  }

  #consumer(): Consumer {
    const { kafka, group, sessionTimeoutMs } = this.#options;
    return kafka.consumer({
      groupId: group,
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: sessionTimeoutMs / 10,
      // Source: https://learn.microsoft.com/azure/event-hubs/apache-kafka-configurations
      metadataMaxAge: 180_000,
      rebalanceTimeout: 300_000,
      allowAutoTopicCreation: false,
      maxWaitTimeInMs: Math.min(1_000, sessionTimeoutMs / 10),
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5, restartOnFailure: async () => false },
    });
  }
}

async function leave(consumer: Consumer): Promise<void> {
  try {
    await consumer.disconnect();
  } catch {
    // There is nothing to leave on a broker that cannot be reached; the session times out there.
  }
}
