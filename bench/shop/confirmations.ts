import { setTimeout as pause } from 'node:timers/promises';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { type Watch, watchTopic } from '../raw/watch-topic.ts';

/** Every confirmation that has come over the bus, whoever sent it. */
export interface Confirmations extends Watch {
  /** When each order's confirmation was first seen (`performance.now()`). */
  readonly seenAt: ReadonlyMap<string, number>;
  /** When each was sent to the bus (milliseconds since the epoch), however late it was seen. */
  readonly sentAt: ReadonlyMap<string, number>;
  /** Settles when all of the orders are confirmed, or nothing more has come for `patienceMs`. */
  settled(orderIds: readonly string[], patienceMs: number): Promise<void>;
}

interface StatusChanged {
  readonly type: string;
  readonly data: { readonly orderId: string; readonly to: string };
}

const marker = '"confirmed"';

/** Reads order-events from now on. What cannot be a confirmation is not parsed: the reader shares the cores with the shop. */
export async function watchConfirmations(kafka: StackFile['kafka']): Promise<Confirmations> {
  const seenAt = new Map<string, number>();
  const sentAt = new Map<string, number>();
  const watch = await watchTopic(kafka, 'order-events', (messages) => {
    const now = performance.now();
    for (const { value, timestamp } of messages) {
      if (value === null || !value.includes(marker)) continue;
      const { type, data }: StatusChanged = JSON.parse(value.toString());
      const isConfirmation = type === 'order.status.changed' && data.to === 'confirmed';
      if (!isConfirmation || seenAt.has(data.orderId)) continue;
      seenAt.set(data.orderId, now);
      sentAt.set(data.orderId, Number(timestamp));
    }
  });
  return {
    ...watch,
    seenAt,
    sentAt,
    async settled(orderIds, patienceMs) {
      let [seen, since] = [seenAt.size, performance.now()];
      while (orderIds.some((id) => !seenAt.has(id)) && performance.now() - since < patienceMs) {
        await pause(50);
        if (seenAt.size > seen) [seen, since] = [seenAt.size, performance.now()];
      }
    },
  };
}
