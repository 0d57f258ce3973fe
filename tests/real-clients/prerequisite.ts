/** What a test needs besides Node: here, or missing for a reason. */
export type Found<Thing> =
  | { readonly kind: 'found'; readonly thing: Thing }
  | { readonly kind: 'missing'; readonly reason: string };

/** A `describe` that needs something is skipped without it, and its name says why; so does a line, for who sees no names. */
export interface Prerequisite<Thing> {
  readonly isMissing: boolean;
  /** Behind the name of the `describe`. */
  readonly note: string;
  /** @throws Error with the reason when it is missing: for tests that are not skipped. */
  get(): Thing;
}

export function prerequisite<Thing>(found: Found<Thing>): Prerequisite<Thing> {
  if (found.kind === 'found') return { isMissing: false, note: '', get: () => found.thing };
  const { reason } = found;
  console.warn(`Tests with real clients are skipped: ${reason}`);
  return {
    isMissing: true,
    note: ` (skipped: ${reason})`,
    get() {
      throw new Error(reason);
    },
  };
}
