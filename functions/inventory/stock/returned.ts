import { z } from 'zod';
import { Sku } from '../../../shared/events/contracts/identifiers.ts';
import { rememberedSeconds } from '../../../shared/model/aggregate.ts';
import { defineProjection } from '../../../shared/model/projection.ts';

const ReturnedLine = z.object({ itemId: Sku, quantity: z.int().positive() });
type ReturnedLine = z.infer<typeof ReturnedLine>;

const ReturnedState = z.object({ lines: z.array(ReturnedLine), ttl: z.int() });
type ReturnedState = z.infer<typeof ReturnedState>;

/**
 * What came back of a sale to a location, kept as long as the sale can be on the bus: a refund is told by another session than its sale,
 * so it may be heard of first. By this, the sale takes then what it would have taken before.
 */
export const Returned = defineProjection({ kind: 'returned', state: ReturnedState });

/** How many pieces of an item came back. */
export function returnedOf(returned: ReturnedState | undefined, itemId: string): number {
  return returned?.lines.find((line) => line.itemId === itemId)?.quantity ?? 0;
}

/** The same with more that came back. */
export function withReturned(returned: ReturnedState | undefined, lines: readonly ReturnedLine[]): ReturnedState {
  const byItem = new Map((returned?.lines ?? []).map(({ itemId, quantity }) => [itemId, quantity]));
  for (const { itemId, quantity } of lines) byItem.set(itemId, (byItem.get(itemId) ?? 0) + quantity);
  return { lines: [...byItem].map(([itemId, quantity]) => ({ itemId, quantity })), ttl: rememberedSeconds };
}
