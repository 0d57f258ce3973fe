import { z } from 'zod';
import { Location, Sku } from '../../../shared/events/contracts/identifiers.ts';
import {
  StockDepleted,
  StockNormalized,
  StockUpdated,
  StockWarning,
} from '../../../shared/events/contracts/inventory.ts';
import { defineAggregate, reject } from '../../../shared/model/aggregate.ts';

/** Always: 0 <= reserved <= onHand. */
export const StockState = z.object({
  itemId: Sku,
  location: Location,
  onHand: z.int().nonnegative(),
  /** Held for orders; the sum of the open reservations. */
  reserved: z.int().nonnegative(),
  reorderPoint: z.int().nonnegative(),
});
export type StockState = z.infer<typeof StockState>;

/** Why stock changes, and what that follows from. */
interface Why {
  readonly reason: string;
  readonly orderId?: string;
  /** `sale/{id}` */
  readonly reference?: string;
}

/** A change of an item's stock, and why. */
export interface StockChange extends Why {
  readonly onHand?: number;
  readonly reserved?: number;
}

export interface FirstStock extends Why {
  readonly itemId: string;
  readonly location: string;
  readonly onHand: number;
}

/** Pieces that were sold at a till. */
export interface Sold extends Why {
  readonly quantity: number;
  /** What of them has come back already, where that is heard of first: it is there, so it is not sold. */
  readonly returned?: number;
}

/** What can be sold. */
export function available({ onHand, reserved }: Pick<StockState, 'onHand' | 'reserved'>): number {
  return onHand - reserved;
}

/**
 * Adds to what there is and to what is held (or takes away, where negative), and tells of the thresholds it crosses.
 *
 * @throws Rejection insufficient-stock when more would be held than there is, or less than nothing would be left.
 */
export function change(stock: StockState, { onHand = 0, reserved = 0, ...why }: StockChange) {
  const next = { ...stock, onHand: stock.onHand + onHand, reserved: stock.reserved + reserved };
  if (next.reserved < 0 || next.onHand < next.reserved) {
    throw reject(
      'insufficient-stock',
      `${stock.itemId} at ${stock.location}: ${stock.onHand} on hand, ${stock.reserved} of them reserved`,
    );
  }
  return updated(stock, next, why);
}

/**
 * Takes what was sold at a till: that has happened, whatever we thought there was. What is held for orders stays, so that no order is
 * oversold; what there was too little of is told as the shortage.
 */
export function sell(stock: StockState, { quantity, returned = 0, ...why }: Sold) {
  const kept = Math.min(stock.onHand, stock.reserved + returned);
  const onHand = Math.max(stock.onHand - quantity, kept);
  const shortage = quantity - (stock.onHand - onHand);
  return updated(stock, { ...stock, onHand }, shortage === 0 ? why : { ...why, shortage });
}

/** What there is of an item at a location where it has never been. */
export function noStock(itemId: string, location: string): StockState {
  return { itemId, location, onHand: 0, reserved: 0, reorderPoint: 0 };
}

/** Moves the level at which more should be ordered, or does nothing where it is there already. */
export function reorderAt(stock: StockState, reorderPoint: number) {
  if (stock.reorderPoint === reorderPoint) return [];
  return updated(stock, { ...stock, reorderPoint }, { reason: 'reorder-point' });
}

/** The first pieces of an item at a location. They cross no threshold: there was nothing before. */
export function begin({ itemId, location, onHand, ...why }: FirstStock) {
  return [StockUpdated({ ...noStock(itemId, location), onHand, available: onHand, ...why })];
}

function updated(before: StockState, after: StockState, why: Why & { readonly shortage?: number }) {
  return [StockUpdated({ ...after, available: available(after), ...why }), ...crossings(before, after)];
}

/** Once per crossing, not once per change. */
function crossings(before: StockState, after: StockState) {
  const { itemId, location, reorderPoint } = after;
  const level = { itemId, location, available: available(after), reorderPoint };
  const [was, is] = [levelOf(before), levelOf(after)];
  if (was === is) return [];
  if (is === 'depleted') return [StockDepleted(level)];
  return is === 'low' ? [StockWarning(level)] : [StockNormalized(level)];
}

/** How much there is, against the level at which more should be ordered. */
export function levelOf(stock: StockState): 'normal' | 'low' | 'depleted' {
  if (available(stock) === 0) return 'depleted';
  return available(stock) <= stock.reorderPoint ? 'low' : 'normal';
}

const fromUpdate = ({ itemId, location, onHand, reserved, reorderPoint }: StockState): StockState => ({
  itemId,
  location,
  onHand,
  reserved,
  reorderPoint,
});

export const Stock = defineAggregate({
  kind: 'stock',
  state: StockState,
  events: [StockUpdated, StockWarning, StockNormalized, StockDepleted],
  begin: { [StockUpdated.type]: ({ data }) => fromUpdate(data) },
  evolve: { [StockUpdated.type]: (_, { data }) => fromUpdate(data) },
});
