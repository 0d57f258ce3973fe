/**
 * Who decides what an endpoint makes, for where that is another process: then how far behind they are says whether it would be decided
 * in time.
 *
 * @example
 * export const byReservation: DecidedBy<{ readonly location: string }> = {
 *   consumers: ['inventory-on-order-events', 'orders-on-inventory-events'],
 *   keyOf: ({ location }) => location,
 * };
 */
export interface DecidedBy<Body> {
  /** The consumers that an event and its answer go through, by their names. */
  readonly consumers: readonly string[];
  /** What those events are in order with, so which partition they are in. */
  readonly keyOf: (body: Body) => string;
}
