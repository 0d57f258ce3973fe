import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { countId, type OpenLimits, OpenOrder, OpenOrders, withOneLess, withOneMore } from './open-orders.ts';

interface Wish {
  readonly orderId: string;
  readonly pieces: number;
  /** When the order must be there, if it is to come at all. */
  readonly dueAt: string;
  readonly most: OpenLimits;
}

/**
 * Counts an order that is about to be placed; `work` is of its customer's open orders, and committed before the order is. One
 * that is counted already was begun before, and is not counted twice: it has until the new `dueAt`.
 *
 * @throws Rejection too-many-open-orders
 */
export async function countOpenOrder(work: UnitOfWork, { orderId, pieces, dueAt, most }: Wish): Promise<void> {
  await work.preload([
    { type: OpenOrders, id: countId },
    { type: OpenOrder, id: orderId },
  ]);
  const order = await work.load(OpenOrder, orderId);
  if (!order.exists) {
    const count = await work.load(OpenOrders, countId);
    count.put(withOneMore(count.current ?? { orders: 0, pieces: 0 }, pieces, most));
  }
  order.put({ pieces, dueAt });
}

/** Counts an order no more; one that is not counted changes nothing. */
export async function discountOrder(work: UnitOfWork, orderId: string): Promise<void> {
  const order = await work.load(OpenOrder, orderId);
  if (order.current === undefined) return;
  const { pieces } = order.current;
  order.remove();
  const count = await work.load(OpenOrders, countId);
  const left = withOneLess(count.state, pieces);
  if (left === undefined) count.remove();
  else count.put(left);
}
