/** The next commit in a boundary. */
export interface NextCommit {
  /** Settles with it. */
  readonly told: Promise<void>;
  /** Waits for it no longer. */
  readonly forget: () => void;
}

/**
 * Tells whoever waits for it that a commit of this process has written a boundary. Those of other processes it does not hear
 * of, so whoever waits looks from time to time, too.
 */
export class CommitWatch {
  readonly #waiting = new Map<string, Set<() => void>>();

  /** The next commit in a stored boundary of a container. */
  next(container: string, boundary: string): NextCommit {
    const key = keyOf(container, boundary);
    const { promise: told, resolve } = Promise.withResolvers<void>();
    const others = this.#waiting.get(key) ?? new Set();
    this.#waiting.set(key, others.add(resolve));
    return {
      told,
      forget: () => {
        others.delete(resolve);
        if (others.size === 0 && this.#waiting.get(key) === others) this.#waiting.delete(key);
      },
    };
  }

  /** Tells of a commit. */
  tell(container: string, boundary: string): void {
    const key = keyOf(container, boundary);
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) return;
    this.#waiting.delete(key);
    for (const resolve of waiting) resolve();
  }

  /** For how many boundaries somebody waits. */
  get size(): number {
    return this.#waiting.size;
  }
}

function keyOf(container: string, boundary: string): string {
  return `${container}/${boundary}`;
}
