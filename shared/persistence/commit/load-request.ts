import type { Aggregate } from '../../model/aggregate.ts';
import type { Projection } from '../../model/projection.ts';

/** A document to be loaded, or, where it is in another boundary, to be looked at. */
export interface LoadRequest {
  readonly type: Aggregate<unknown> | Projection<unknown>;
  readonly id: string;
  /** Of another boundary, without tenant. */
  readonly boundary?: string;
  /**
   * Of another boundary: as this process last saw it will do, where that was this version or a later one. For what is entered under its
   * version, and entered again after the event of a later one.
   */
  readonly since?: number | undefined;
  /** It is taken by `expectNew`. */
  readonly isLikelyNew?: boolean;
  /** It has to be at least as new as the others: it is read after them. */
  readonly isReadLast?: boolean;
}
