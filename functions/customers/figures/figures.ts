import { z } from 'zod';
import type { OrderStatus } from '../../../shared/events/contracts/orders.ts';
import type { TransactionKind } from '../../../shared/events/contracts/pos-transaction.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { type MinorUnits, SignedMinorUnits } from '../../../shared/money.ts';

/**
 * What a customer has bought: the confirmed orders that were not taken back, and what they and the tills come to. Between two
 * events that overtake each other both may be less than nothing.
 */
export const Figures = defineProjection({
  kind: 'figures',
  state: z.object({ orders: z.int(), spent: SignedMinorUnits, lastPurchaseAt: z.iso.datetime().optional() }),
});
export type FiguresState = ReturnType<typeof Figures.parse>;

export const noFigures: FiguresState = { orders: 0, spent: 0 };

/** What one event adds. */
export interface Purchase {
  readonly orders: number;
  readonly spent: SignedMinorUnits;
  /** When it was bought; nothing of what was taken back. */
  readonly boughtAt?: string | undefined;
}

/** The same in whatever order purchases come. */
export function plus(figures: FiguresState, { orders, spent, boughtAt }: Purchase): FiguresState {
  const lastPurchaseAt = [figures.lastPurchaseAt, boughtAt]
    .filter((at) => at !== undefined)
    .toSorted()
    .at(-1);
  return {
    orders: figures.orders + orders,
    spent: figures.spent + spent,
    ...(lastPurchaseAt === undefined ? {} : { lastPurchaseAt }),
  };
}

/** An order counts from its confirmation on, unless it comes to nothing after all. */
const isBoughtBy: Readonly<Record<OrderStatus, boolean>> = {
  pending: false,
  confirmed: true,
  shipped: true,
  delivered: true,
  rejected: false,
  cancelled: false,
};

/** How many more orders it is by a change of status: one, one less, or none. */
export function ordersMore(from: OrderStatus, to: OrderStatus): number {
  return Number(isBoughtBy[to]) - Number(isBoughtBy[from]);
}

/** What a customer has spent more by a transaction at a till; nothing where nothing was bought or taken back. */
export function spentMore(kind: TransactionKind, amount: MinorUnits): SignedMinorUnits | undefined {
  if (kind === 'sale') return amount;
  return kind === 'refund' || kind === 'void' ? -amount : undefined;
}
