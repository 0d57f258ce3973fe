import { z } from 'zod';
import { Sku } from '../../../shared/events/contracts/identifiers.ts';
import type { OrderLine } from '../../../shared/events/contracts/orders.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { rejectContent } from '../../../shared/model/rejection.ts';
import { MinorUnits } from '../../../shared/money.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';

/** What an item costs, as far as the catalog has told. */
export const Price = defineProjection({
  kind: 'price',
  state: z.object({
    sku: Sku,
    price: MinorUnits,
    isSold: z.boolean(),
    /** The product and the sequence of its event that this comes from: an older one changes nothing. */
    subject: z.string(),
    sequence: z.int(),
  }),
});

/** What is known of an item changes alone. */
export function itemBoundary(sku: string): string {
  return `sku:${sku}`;
}

/**
 * Order lines with the prices that the catalog told last.
 *
 * @throws Rejection unknown-item when the catalog does not have an item, item-archived when it has it no longer.
 */
export async function priced(
  reader: Reader,
  items: readonly { readonly itemId: string; readonly quantity: number }[],
): Promise<readonly OrderLine[]> {
  return Promise.all(
    items.map(async ({ itemId, quantity }) => {
      const known = await reader.readRecent(Price, { boundary: itemBoundary(itemId), id: itemId });
      if (known === undefined) throw rejectContent('unknown-item', `there is no item ${itemId}`);
      if (!known.state.isSold) throw rejectContent('item-archived', `the item ${itemId} is not sold any more`);
      return { itemId, quantity, unitPrice: known.state.price };
    }),
  );
}
