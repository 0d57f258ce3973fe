import { z } from 'zod';
import { Location, Sku } from '../../../shared/events/contracts/identifiers.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { reject } from '../../../shared/model/rejection.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import { itemBoundary } from '../price-list/price.ts';

/** How much of an item can be had at a location, as far as inventory has told. Kept only where orders ask for it. */
export const Availability = defineProjection({
  kind: 'availability',
  state: z.object({ sku: Sku, location: Location, available: z.int().nonnegative(), sequence: z.int() }),
});

interface Wish {
  readonly location: string;
  readonly items: readonly { readonly itemId: string; readonly quantity: number }[];
}

/**
 * A courtesy, not the rule: it knows what it was told last. The reservation decides.
 *
 * @throws Rejection insufficient-stock when an item is known to be short.
 */
export async function refuseUnfillable(reader: Reader, { location, items }: Wish): Promise<void> {
  await Promise.all(
    items.map(async ({ itemId, quantity }) => {
      const known = await reader.read(Availability, { boundary: itemBoundary(itemId), id: location });
      if (known === undefined || known.state.available >= quantity) return;
      throw reject('insufficient-stock', `${itemId}: ${quantity} wanted, ${known.state.available} there`);
    }),
  );
}
