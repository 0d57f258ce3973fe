import type { ConsistencyLevel } from './model/consistency.ts';
import type { Storage } from './storage/storage.ts';

/** What requests are answered from. */
export interface Service extends Storage {
  /** The account's default. */
  readonly consistency: ConsistencyLevel;
}
