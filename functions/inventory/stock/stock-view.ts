import { z } from 'zod';
import { Location, Sku } from '../../../shared/events/contracts/identifiers.ts';
import { available, type StockState } from './stock.ts';

/** Stock as its readers see it. */
export const StockView = z
  .object({
    itemId: Sku,
    location: Location,
    onHand: z.int().describe('Pieces that are there'),
    reserved: z.int().describe('Pieces of them that are held for orders'),
    available: z.int().describe('Pieces that can be sold: on hand, not reserved'),
    reorderPoint: z.int().describe('At this level or below, more should be ordered'),
  })
  .meta({
    id: 'Stock',
    description: 'What there is of an item at a location',
    example: { itemId: 'ITEM-001', location: 'main', onHand: 50, reserved: 2, available: 48, reorderPoint: 10 },
  });
export type StockView = z.infer<typeof StockView>;

export function viewOf({ state: stock }: { readonly state: StockState }): StockView {
  return { ...stock, available: available(stock) };
}
