import type { StoredDocument } from '../documents/stored-document.ts';

/** Enough for the largest batch of orders, and a bound on what is held of it. */
const capacity = 20_000;

/**
 * What several units of work, one after the other, have read of one boundary and not written: the next one need not read it
 * again. It was read after their work had come, so a decision by it is as good as one that was made then; what is written
 * is proved by its ETag, as ever.
 */
export class ReadDocuments {
  readonly #byId = new Map<string, StoredDocument | undefined>();

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** The document, or `undefined` where it was not there. */
  get(id: string): StoredDocument | undefined {
    return this.#byId.get(id);
  }

  add(id: string, document: StoredDocument | undefined): void {
    this.#byId.set(id, document);
    if (this.#byId.size <= capacity) return;
    const [oldest] = this.#byId.keys();
    if (oldest !== undefined) this.#byId.delete(oldest);
  }

  forget(id: string): void {
    this.#byId.delete(id);
  }
}
