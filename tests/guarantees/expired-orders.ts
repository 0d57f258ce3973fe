import { expect } from 'vitest';
import type { Order, Shop } from '../rigs/clients/shop.ts';

/** Orders that nobody answers are cancelled after two seconds. */
export const quickExpiry = { ORDER_TIMEOUT: 'PT2S' } as const;

/** Orders that nobody answers, one after the other, for longer than the sweep leaves an outbox to its own process. */
export async function expireSome(shop: Shop, sku: string): Promise<readonly Order[]> {
  const expired: Order[] = [];
  for (let index = 0; index < 6; index += 1) {
    const { id } = await shop.order({ [sku]: 1 });
    expired.push(await shop.decided(id, 20_000));
  }
  return expired;
}

export const allTimedOut = Array.from({ length: 6 }, () =>
  expect.objectContaining({ status: 'cancelled', reason: 'timed-out' }),
);
