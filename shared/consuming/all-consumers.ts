import { cachedFor } from '../async/cached-for.ts';
import { withTimeout } from '../async/timeout.ts';
import { BusUnavailableError } from '../bus/bus-unavailable.ts';
import type { ConsumerGroup, ConsumerLag, LagReader } from '../bus/lag.ts';
import type { Clock } from '../clock.ts';
import { errorText } from '../telemetry/log.ts';
import type { TopicConsumer } from './topic-consumer.ts';

/** The consumers of all services, whichever of them this app runs. */
export interface AllConsumers extends Pick<LagReader, 'partitionOf'> {
  readonly list: readonly TopicConsumer[];
  /** How far each is behind, as of a moment ago. @throws BusUnavailableError */
  readonly lag: () => Promise<readonly ConsumerLag[]>;
  /** How far these are behind now. @throws BusUnavailableError */
  readonly lagOf: (groups: readonly ConsumerGroup[]) => Promise<readonly ConsumerLag[]>;
  readonly close: () => Promise<void>;
}

/** Health is public and asks for all consumers at once: the bus is asked once in this time, however often that is. */
const freshMs = 2_000;
const timeoutMs = 5_000;

export function allConsumers(list: readonly TopicConsumer[], reader: LagReader, clock: Clock): AllConsumers {
  const lagOf = async (groups: readonly ConsumerGroup[]) => {
    try {
      return await withTimeout(reader.read(groups), timeoutMs);
    } catch (error) {
      throw new BusUnavailableError(`the bus does not tell how far its consumers are: ${errorText(error)}`, {
        cause: error,
      });
    }
  };
  return {
    list,
    lag: cachedFor(() => lagOf(list), freshMs, clock),
    lagOf,
    partitionOf: (key, partitions) => reader.partitionOf(key, partitions),
    close: () => reader.close(),
  };
}
