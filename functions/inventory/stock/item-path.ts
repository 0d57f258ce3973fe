import { z } from 'zod';
import { Location, nameable, Sku } from '../../../shared/events/contracts/identifiers.ts';
import { locationBoundary, mainLocation } from '../location.ts';
import { Stock } from './stock.ts';
import { StockView, viewOf } from './stock-view.ts';

/** The path of a route about one item. */
export const ItemPath = z.object({ itemId: Sku });

/** The location in the body of a command about it; left out, it is the main one. */
export const NamedLocation = nameable(Location).default(mainLocation);

interface Named {
  readonly params: z.infer<typeof ItemPath>;
  readonly body: { readonly location: string };
}

/** What a command on the stock of that item there decides on, and what it shows. */
export const ofStockNamed = {
  params: ItemPath,
  of: Stock,
  at: ({ params: { itemId }, body: { location } }: Named) => ({ boundary: locationBoundary(location), id: itemId }),
  view: [StockView, viewOf] as const,
};
