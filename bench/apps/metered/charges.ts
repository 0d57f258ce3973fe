/** What one kind of request has cost so far, in request units. */
export interface Charge {
  readonly container: string;
  readonly operation: string;
  readonly kind: string;
  readonly units: number;
}

/** Adds up what requests cost. */
export class Charges {
  readonly #byKey = new Map<string, Charge>();

  add(container: string, operation: string, kind: string, units = 0): void {
    const key = `${container} ${operation} ${kind}`;
    const before = this.#byKey.get(key)?.units ?? 0;
    this.#byKey.set(key, { container, operation, kind, units: before + units });
  }

  get all(): readonly Charge[] {
    return [...this.#byKey.values()];
  }
}
