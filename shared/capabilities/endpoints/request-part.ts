import type { z } from 'zod';
import type { NewId } from '../../ids.ts';
import type { UnitOfWork } from '../../persistence/commit/unit-of-work.ts';

/** A part of what a request asks for, done in a commit of its own. */
export interface RequestPart<Result> {
  /** Tells it from the other parts; every repeat of the request has to give the same part the same name. */
  readonly name: string;
  readonly boundary: string;
  /** What it comes to, as JSON: it is kept under an `Idempotency-Key`. */
  readonly result: z.ZodType<Result>;
  /** Runs again where its commit has lost a race. */
  readonly run: (work: UnitOfWork, newId: NewId) => Promise<Result>;
}

/**
 * Does a request that is too large for one commit part by part; gives what each came to, in their order.
 *
 * Whatever keeps a part from being done (a crash, a store that is away), those that were committed stand. So repeating the
 * request must be harmless. Under an `Idempotency-Key` each part is done once: its result is kept with its commit, and a
 * repeat gets that, and goes on where the request before it stopped.
 */
export type InParts = <Result>(parts: readonly RequestPart<Result>[]) => Promise<readonly Result[]>;
