import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { Problem } from '../../http/problems/problem.ts';
import { hashOf } from '../../ids.ts';
import { defineProjection } from '../../model/projection.ts';
import type { TrackedProjection } from '../../persistence/commit/tracked.ts';
import type { UnitOfWork } from '../../persistence/commit/unit-of-work.ts';

const Claim = defineProjection({
  kind: 'key-claim',
  state: z.object({
    /** What tells the request from any other under the same key. */
    request: z.string(),
    /** The stored boundary that has the answer; the parts of a request have theirs each in its own. */
    answeredIn: z.string().optional(),
    ttl: z.int(),
  }),
});
type Claim = ReturnType<typeof Claim.parse>;

/** Which use of a key it is: whose, and for what. */
export interface KeyClaimOptions {
  readonly scope: readonly string[];
  /** What the request is known by: the first is stored, each is known again. */
  readonly fingerprints: readonly [string, ...string[]];
  readonly ttl: number;
  readonly open: (boundary: string) => UnitOfWork;
}

/**
 * Which request a key stands for, in a boundary of its own, since each request under the key may write another boundary. It is
 * claimed right before the first commit of the request: what was refused claims nothing, and what a crash leaves is a claim
 * without an answer, under which the same request goes on.
 */
export class KeyClaim {
  readonly #options: KeyClaimOptions;
  /** As it was last seen, with the unit of work that may write it. */
  #seen: { readonly work: UnitOfWork; readonly claim: TrackedProjection<Claim> } | undefined;

  /** As this request has written or found it. */
  #made: Claim | undefined;

  constructor(options: KeyClaimOptions) {
    this.#options = options;
  }

  /** The claim as it is now. @throws Problem 422 where another request has it. */
  async look(): Promise<Claim | undefined> {
    return (await this.#look()).claim.current;
  }

  /**
   * Claims the key for this request.
   *
   * @throws StaleStateError when another was first since the claim was looked at: look again. Problem 422.
   */
  async make(answeredIn?: string): Promise<void> {
    const { fingerprints, ttl } = this.#options;
    const [request] = fingerprints;
    const wanted = { request, ttl, ...(answeredIn === undefined ? {} : { answeredIn }) };
    if (isDeepStrictEqual(this.#made, wanted)) return;
    const { work, claim } = this.#seen ?? (await this.#look());
    this.#seen = undefined;
    if (!isDeepStrictEqual(claim.current, wanted)) claim.put(wanted);
    await work.commit();
    this.#made = wanted;
  }

  async #look() {
    const { scope, fingerprints, open } = this.#options;
    const id = hashOf(scope);
    const work = open(`idempotency-key:${id}`);
    const claim = await work.load(Claim, id);
    if (claim.current !== undefined && !fingerprints.includes(claim.current.request))
      throw new Problem(
        422,
        'idempotency-key-reused',
        'This Idempotency-Key was used for another request. Take a new one.',
      );
    this.#seen = { work, claim };
    return this.#seen;
  }
}
