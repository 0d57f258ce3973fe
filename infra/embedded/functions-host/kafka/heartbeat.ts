import { type GroupLoss, isGroupLoss } from './group-loss.ts';

export interface HeartbeatOptions {
  readonly intervalMs: number;
  /** As librdkafka's max.poll.interval.ms: a consumer busy for longer than this gives up its membership. */
  readonly longestMs: number;
  beat(): Promise<void>;
  /** The group told that it is rebalancing or has done so without this member. */
  lost(error: GroupLoss): void;
}

/**
 * Keeps a consumer in its group while `work` is under way: kafkajs beats between batches only.
 *
 * A beat that does not reach the broker is no loss; the session time-out decides that.
 */
export async function withHeartbeat<T>(options: HeartbeatOptions, work: () => Promise<T>): Promise<T> {
  const { intervalMs, longestMs, beat, lost } = options;
  const deadline = Date.now() + longestMs;
  const timer = setInterval(async () => {
    if (Date.now() > deadline) return clearInterval(timer);
    try {
      await beat();
    } catch (error) {
      if (!isGroupLoss(error)) return;
      clearInterval(timer);
      lost(error);
    }
    // kafkajs leaves a beat out that comes a moment before the interval is over.
  }, intervalMs / 2);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
