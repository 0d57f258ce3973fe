import type { TreeUse } from '../processes/process-tree.ts';
import type { OrderCounter } from '../shop/place-orders.ts';

/** A system that takes orders and decides on them, whoever has built it. */
export interface Peer extends AsyncDisposable {
  readonly name: string;
  /** Where its ordinary goods are ordered. */
  readonly counter: OrderCounter;
  /** Where something is ordered of which there are so many pieces. */
  scarce(pieces: number): Promise<OrderCounter>;
  /**
   * What became of the orders, once all are decided, or nothing more has happened for a while; and what follows a decision is done,
   * so that nothing of it falls into the turn of another.
   */
  decided(orderIds: readonly string[]): Promise<Decided>;
  /** SIGKILL to the app, in the middle of everything; it is started again. */
  crash(): Promise<void>;
  /** Pieces that its stock shows as held, and pieces that its confirmed orders have, of all that it sells. */
  held(): Promise<{ readonly inStock: number; readonly inOrders: number }>;
  /** What the app and what it stores in have taken so far, together. */
  use(): Pick<TreeUse, 'proportionalMb' | 'cpuMs'>;
}

export interface Decided {
  /** When each confirmed order was (milliseconds since the epoch). */
  readonly confirmedAt: ReadonlyMap<string, number>;
  /** Those that the system does not know, though it has acknowledged them. */
  readonly lost: number;
  /** Those of which nothing has come. */
  readonly undecided: number;
}
