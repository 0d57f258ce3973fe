import { z } from 'zod';
import { Location } from '../../../shared/events/contracts/identifiers.ts';
import {
  ReservationFailed,
  ReservedLine,
  type Shortage,
  StockReleased,
  StockReserved,
  StockShipped,
} from '../../../shared/events/contracts/inventory.ts';
import { defineAggregate, rememberedSeconds } from '../../../shared/model/aggregate.ts';
import { available, type StockState } from '../stock/stock.ts';

/**
 * What is held for an order. A refusal is kept too, so that a second delivery after more stock came in answers the same;
 * and a cancellation that overtakes its order leaves `released`, so that the late order reserves nothing.
 */
export const ReservationState = z.object({
  orderId: z.string(),
  location: Location,
  status: z.enum(['held', 'refused', 'released', 'shipped']),
  lines: z.array(ReservedLine),
  /** Seconds; a reservation that is not held is kept as long as its order's events can be on the bus. */
  ttl: z.int().optional(),
});
export type ReservationState = z.infer<typeof ReservationState>;

/** What an order wants held. */
export interface Wish {
  readonly orderId: string;
  readonly location: string;
  readonly lines: readonly ReservedLine[];
}

/** All lines or none. */
export function reserve({ orderId, location, lines }: Wish, stock: ReadonlyMap<string, StockState>) {
  const shortages = lines.flatMap((line) => shortageOf(line, stock.get(line.itemId)));
  if (shortages.length > 0) return ReservationFailed({ orderId, location, reason: 'insufficient-stock', shortages });
  return StockReserved({ orderId, location, lines: lines.map(({ itemId, quantity }) => ({ itemId, quantity })) });
}

/** Frees what is held; without a reservation yet, keeps one from being made. What is closed stays as it is. */
export function release(reservation: ReservationState | undefined, { orderId, location }: Omit<Wish, 'lines'>) {
  if (reservation === undefined) return [StockReleased({ orderId, location, lines: [] })];
  return reservation.status === 'held' ? [StockReleased({ orderId, location, lines: reservation.lines })] : [];
}

/** What is held leaves, once. */
export function ship(reservation: ReservationState) {
  const { orderId, location, status, lines } = reservation;
  return status === 'held' ? [StockShipped({ orderId, location, lines })] : [];
}

function shortageOf({ itemId, quantity }: ReservedLine, stock: StockState | undefined): readonly Shortage[] {
  const there = stock === undefined ? 0 : available(stock);
  return there >= quantity ? [] : [{ itemId, requested: quantity, available: there }];
}

export const Reservation = defineAggregate({
  kind: 'reservation',
  state: ReservationState,
  events: [StockReserved, ReservationFailed, StockReleased, StockShipped],
  begin: {
    [StockReserved.type]: ({ data }): ReservationState => ({ ...data, status: 'held' }),
    [ReservationFailed.type]: ({ data: { orderId, location } }): ReservationState => ({
      orderId,
      location,
      status: 'refused',
      lines: [],
      ttl: rememberedSeconds,
    }),
    [StockReleased.type]: ({ data }): ReservationState => ({ ...data, status: 'released', ttl: rememberedSeconds }),
  },
  evolve: {
    [StockReleased.type]: (reservation): ReservationState => ({
      ...reservation,
      status: 'released',
      ttl: rememberedSeconds,
    }),
    [StockShipped.type]: (reservation): ReservationState => ({
      ...reservation,
      status: 'shipped',
      ttl: rememberedSeconds,
    }),
  },
});
