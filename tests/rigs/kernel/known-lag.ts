import type { ConsumerLag, LagReader } from '../../../shared/bus/lag.ts';

/** Takes the bus's place where the lag is asked for: tells what the test says, or fails with it. */
export class KnownLag implements LagReader {
  answer: () => Promise<readonly ConsumerLag[]> = async () => [];
  /** How often it was asked. */
  asked = 0;

  /** From now on, each of these groups of the service has so many events to read, in one partition. */
  tell(service: string, events: Readonly<Record<string, number>>): void {
    const lags = Object.entries(events).map(([group, total]) => {
      const partitions = [{ partition: 3, committed: undefined, newest: total, lag: total }];
      return { group, service, topic: 'platform-events', partitions, total };
    });
    this.answer = async () => lags;
  }

  read(): Promise<readonly ConsumerLag[]> {
    this.asked += 1;
    return this.answer();
  }

  partitionOf(): number {
    return 0;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
