import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import { itemBoundary, SalesPrice } from './price.ts';

/** What the catalog has told of these items; nothing of those that it does not have, or not yet. */
export async function pricesOf(
  reader: Reader,
  items: readonly { readonly itemId: string }[],
): Promise<(itemId: string) => SalesPrice | undefined> {
  const known = await Promise.all(
    items.map(({ itemId }) => reader.readRecent(SalesPrice, { boundary: itemBoundary(itemId), id: itemId })),
  );
  return (itemId) => known.find((price) => price?.state.sku === itemId)?.state;
}
