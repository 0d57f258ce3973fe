/** What one kind of request has cost so far, in request units. */
export interface Charge {
  readonly container: string;
  readonly operation: string;
  readonly kind: string;
  readonly units: number;
  /** What of it Strong consistency costs: a read under it costs twice what one at a weaker level does. */
  readonly unitsOfStrong: number;
  /** In how many requests: what was asked for with others has its part of one. */
  readonly requests: number;
}

export interface Metered {
  readonly container: string;
  readonly operation: string;
  readonly kind: string;
  readonly units: number | undefined;
  readonly isStrongRead: boolean;
  readonly requests: number;
}

/** Adds up what requests cost. */
export class Charges {
  readonly #byKey = new Map<string, Charge>();

  add({ container, operation, kind, units = 0, isStrongRead, requests }: Metered): void {
    const key = `${container} ${operation} ${kind}`;
    const before = this.#byKey.get(key);
    this.#byKey.set(key, {
      container,
      operation,
      kind,
      units: (before?.units ?? 0) + units,
      unitsOfStrong: (before?.unitsOfStrong ?? 0) + (isStrongRead ? units / 2 : 0),
      requests: (before?.requests ?? 0) + requests,
    });
  }

  get all(): readonly Charge[] {
    return [...this.#byKey.values()];
  }
}
