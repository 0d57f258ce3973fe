import type { EachBatchPayload } from 'kafkajs';
import type { AppFunction } from '../app/function-app.ts';
import { attempt, type FailurePolicy } from '../attempts.ts';
import type { KafkaOptions } from '../host-json.ts';
import type { HostLog } from '../log.ts';
import { BatchQueue } from './batch-queue.ts';
import { withHeartbeat } from './heartbeat.ts';
import { type KafkaRecord, kafkaInput } from './kafka-event.ts';
import type { KafkaTrigger } from './kafka-trigger.ts';
import { type NextOffsets, OffsetCommits } from './offset-commits.ts';

export interface BatchRunnerOptions {
  readonly trigger: KafkaTrigger;
  readonly target: AppFunction;
  readonly kafka: KafkaOptions;
  readonly heartbeatMs: number;
  readonly log: HostLog;
  /** Given when the host stops: what is under way is finished, nothing more is begun. */
  readonly stopping: AbortSignal;
}

interface Delivered extends KafkaRecord {
  readonly from: EachBatchPayload;
  readonly generation: number;
}

/**
 * Runs a function for what its consumer fetched, in the extension's way: with cardinality `many` a batch mixes partitions
 * and is run alone; with `one` partitions run side by side, an event after the other within each
 * (MultipleItemFunctionExecutor.cs, SingleItemFunctionExecutor.cs of the extension).
 */
export class BatchRunner {
  readonly #options: BatchRunnerOptions;
  readonly #queue: BatchQueue<Delivered>;
  readonly #commits: OffsetCommits;
  #generation = 0;

  constructor(options: BatchRunnerOptions) {
    this.#options = options;
    this.#queue = new BatchQueue(options.kafka.maxBatchSize, (batch) => this.#run(batch));
    this.#commits = new OffsetCommits(options.kafka.autoCommitIntervalMs);
  }

  /** The consumer has (re)joined its group, or has left it: what was fetched before is not committed any more. */
  regrouped(): void {
    this.#generation++;
    this.#commits.forget();
  }

  /** Commits what is done. To be called before others may take the partitions over. */
  commit(): Promise<void> {
    return this.#commits.flush();
  }

  /** @throws when the fetched events have to be fetched again. */
  async run(from: EachBatchPayload): Promise<void> {
    const { topic, partition, messages } = from.batch;
    const generation = this.#generation;
    const records = messages.map((message) => ({ topic, partition, message, from, generation }));
    if (this.#options.trigger.cardinality === 'many') return await this.#queue.add(records);
    for (const record of records) await this.#run([record]);
  }

  async #run(batch: Delivered[]): Promise<void> {
    const { target, trigger, kafka, heartbeatMs, stopping, log } = this.#options;
    const [first] = batch;
    if (stopping.aborted || first === undefined) return;
    this.#commits.throwIfLost();
    const loss = new AbortController();
    const heartbeat = {
      intervalMs: heartbeatMs,
      longestMs: kafka.maxPollIntervalMs,
      beat: () => first.from.heartbeat(),
      lost: (error: Error) => loss.abort(error),
    };
    const giveUp = AbortSignal.any([stopping, loss.signal]);
    const outcome = await withHeartbeat(heartbeat, () =>
      attempt(() => target.invoke(kafkaInput(trigger, batch)), policyOf(kafka), giveUp),
    );
    if (outcome === 'skipped' && !kafka.commitOnFailure) {
      const message = `failed ${kafka.maxRetries + 1} times and is skipped: ${describe(batch)}`;
      log({ level: 'error', category: 'host', functionName: trigger.functionName, message });
    }
    if (outcome !== 'left') this.#store(batch);
    if (stopping.aborted) await this.commit();
    loss.signal.throwIfAborted();
  }

  #store(batch: readonly Delivered[]): void {
    if (batch.some(({ generation }) => generation !== this.#generation)) {
      throw new Error('The group has rebalanced since the events were fetched.');
    }
    const last = new Map(batch.map((record) => [record.partition, record]));
    for (const { from, message } of last.values()) from.resolveOffset(message.offset);
    const next = new Map([...last].map(([partition, { message }]) => [partition, offsetAfter(message.offset)]));
    this.#commits.store(next, (offsets) => this.#commit(offsets, batch[0]?.from));
  }

  async #commit(offsets: NextOffsets, from: EachBatchPayload | undefined): Promise<void> {
    const partitions = [...offsets].map(([partition, offset]) => ({ partition, offset }));
    await from?.commitOffsetsIfNecessary({ topics: [{ topic: this.#options.trigger.topic, partitions }] });
  }
}

function offsetAfter(offset: string): string {
  return String(BigInt(offset) + 1n);
}

const firstDelayMs = 100;
const longestDelayMs = 2_000;

/**
 * A failure counts as done when `commitOnFailure` is set; otherwise the same events are run again in place, up to
 * `maxRetries` times (https://github.com/Azure/azure-functions-kafka-extension/pull/615).
 */
function policyOf({ commitOnFailure, maxRetries }: KafkaOptions): FailurePolicy {
  return {
    maxRetries: commitOnFailure ? 0 : maxRetries,
    delayMs: (retry) => Math.min(firstDelayMs * 2 ** (retry - 1), longestDelayMs),
  };
}

function describe(batch: readonly KafkaRecord[]): string {
  return batch.map(({ topic, partition, message }) => `${topic}/${partition}/${message.offset}`).join(', ');
}
