import { randomUUID } from 'node:crypto';
import type { Shop } from '../rigs/clients/shop.ts';
import { whenThereIsRoom } from '../rigs/clients/when-there-is-room.ts';
import { eventually } from '../rigs/stack/eventually.ts';

/** Orders that are placed all the time, by some customers side by side. */
export interface Load {
  /** Settles once so many more orders have been acknowledged than when it was called. */
  acknowledged(more: number): Promise<void>;
  /** No more orders; gives the ids of those that were acknowledged. */
  end(): Promise<readonly string[]>;
}

const customers = 8;

/**
 * Each customer orders one piece after the other. An order that is not answered is repeated under its Idempotency-Key; one
 * that has no answer when the load ends counts as not acknowledged.
 */
export function startLoad(shop: Shop, sku: string): Load {
  const acknowledged = new Set<string>();
  let isEnding = false;

  async function customer(): Promise<void> {
    let idempotencyKey = randomUUID();
    while (!isEnding) {
      const order = () => shop.tryOrder({ [sku]: 1 }, {}, { idempotencyKey });
      const answer = await whenThereIsRoom(order).catch(() => undefined);
      if (answer?.status !== 201) continue; // the stack is down or in trouble: that is what the tests bring about
      acknowledged.add(answer.body.id);
      idempotencyKey = randomUUID();
    }
  }

  const all = Promise.all(Array.from({ length: customers }, customer));
  return {
    async acknowledged(more) {
      const count = acknowledged.size + more;
      await eventually(() => {
        if (acknowledged.size < count) throw new Error(`${acknowledged.size} of ${count} orders are acknowledged`);
      }, 30_000);
    },
    async end() {
      isEnding = true;
      await all;
      return [...acknowledged];
    },
  };
}
