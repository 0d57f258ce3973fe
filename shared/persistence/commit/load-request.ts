import type { Aggregate } from '../../model/aggregate.ts';
import type { Projection } from '../../model/projection.ts';

/** A document to be loaded. */
export interface LoadRequest {
  readonly type: Aggregate<unknown> | Projection<unknown>;
  readonly id: string;
  /** It is taken by `expectNew`. */
  readonly isLikelyNew?: boolean;
}
