import type { ReceivedRecord } from '../../../shared/bus/received-record.ts';
import { consumeBatch } from '../../../shared/consuming/consume-batch.ts';
import type { ConsumeDependencies } from '../../../shared/consuming/consumer.ts';
import type { Reaction } from '../../../shared/consuming/reaction.ts';
import { DeadLetters } from '../../../shared/dead-letters/dead-letters.ts';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import { storedBoundary } from '../../../shared/persistence/documents/stored-document.ts';
import { Reader } from '../../../shared/persistence/reading/reader.ts';
import { createMetrics, type Metrics } from '../../../shared/telemetry/metrics.ts';
import { benchSettings } from '../bench-settings.ts';
import { type KernelBench, kernelBench } from './kernel-bench.ts';
import { type FoundLetter, lettersOf } from './letters-of.ts';
import { silentLog } from './silent-log.ts';

/** The kernel bench with a consumer on it. */
export interface ConsumerBench extends KernelBench {
  readonly metrics: Metrics;
  readonly consume: (records: readonly ReceivedRecord[], ...reactions: readonly Reaction[]) => Promise<void>;
  /** The dead letters of the day of the records. */
  readonly parked: () => Promise<readonly FoundLetter[]>;
  readonly count: (counter?: string) => Promise<unknown>;
}

const hour = 3_600_000;

export async function consumerBench(change: Partial<ConsumeDependencies> = {}): Promise<ConsumerBench> {
  const bench = await kernelBench();
  const { clock, container, open } = bench;
  const metrics = createMetrics();
  const deadLetters = new DeadLetters({
    open: (boundary, cause) => open(storedBoundary(cause.tenant, boundary), { service: deadLettersContainer, cause }),
    container: bench.containerOf(deadLettersContainer),
    clock,
    log: silentLog,
    metrics,
  });
  const dependencies: ConsumeDependencies = {
    open: (boundary, cause, isRetry) => open(boundary, { cause, isRetry, recalls: true, tracing: change.tracing }),
    existing: (boundary, markers) => container.existing(boundary, markers),
    readerOf: (tenant) => new Reader(container, tenant),
    lookupOf: bench.lookupOf,
    deadLetters,
    clock,
    settings: benchSettings(),
    retryWindowMs: hour,
    log: silentLog,
    metrics,
    ...change,
  };
  return {
    ...bench,
    metrics,
    async consume(records, ...reactions) {
      await consumeBatch(records, { name: 'counters-on-platform-events', reactions }, dependencies);
    },
    async parked() {
      return lettersOf(bench, '2026-11-22');
    },
    async count(counter = 'a') {
      return (await container.read(`main/counters:${counter}`, `counter:${counter}`))?.count;
    },
  };
}
