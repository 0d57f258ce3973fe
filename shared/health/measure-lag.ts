import type { AllConsumers } from '../consuming/all-consumers.ts';
import { errorText, type Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';

interface Dependencies {
  readonly consumers: Pick<AllConsumers, 'lag'>;
  readonly metrics: Pick<Metrics, 'consumerLag'>;
  readonly log: Log;
}

/** Asks the consumer lag behind. While the bus is away there are no gauges: a number that is not known is no zero. */
export async function measureLag({ consumers, metrics: { consumerLag }, log }: Dependencies): Promise<void> {
  consumerLag.reset();
  try {
    for (const { group: consumergroup, topic, partitions } of await consumers.lag())
      for (const { partition, lag } of partitions) consumerLag.set({ consumergroup, topic, partition }, lag);
  } catch (error) {
    log.warn('consumer lag could not be measured', { error: errorText(error) });
  }
}
