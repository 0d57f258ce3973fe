import { z } from 'zod';
import { Location, Sku } from '../../shared/events/contracts/identifiers.ts';
import { available, type StockState } from './stock.ts';

/** Stock as its readers see it. */
export const StockView = z.object({
  itemId: Sku,
  location: Location,
  onHand: z.int(),
  reserved: z.int(),
  available: z.int(),
  reorderPoint: z.int(),
});
export type StockView = z.infer<typeof StockView>;

export function viewOf(stock: StockState): StockView {
  return { ...stock, available: available(stock) };
}
