import { Fifo } from './fifo.ts';

/** What a cached batch costs besides its bytes, roughly: objects and array slots. */
const overheadBytes = 256;

interface CachedBatch {
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly bytes: Buffer;
}

/**
 * The newest batches of all partitions together, within one budget of bytes: the oldest makes room for the newest,
 * whichever partition it is of. Consumers that keep up never touch a file.
 */
export class TailCache {
  readonly #budgetBytes: number;
  readonly #order = new Fifo<PartitionTail>();
  #heldBytes = 0;

  constructor(budgetBytes: number) {
    this.#budgetBytes = budgetBytes;
  }

  /** The part of the cache that one partition fills. */
  openTail(): PartitionTail {
    return new PartitionTail((tail, bytes) => this.#account(tail, bytes));
  }

  #account(tail: PartitionTail, bytes: number): void {
    this.#heldBytes += bytes + overheadBytes;
    this.#order.push(tail);
    while (this.#heldBytes > this.#budgetBytes) {
      const oldest = this.#order.shift();
      if (oldest === undefined) return;
      this.#heldBytes -= oldest.dropOldest() + overheadBytes;
    }
  }
}

/** The newest batches of one partition: always a gapless run that ends at the end of the log. */
export class PartitionTail {
  readonly #batches = new Fifo<CachedBatch>();
  readonly #account: (tail: PartitionTail, bytes: number) => void;

  constructor(account: (tail: PartitionTail, bytes: number) => void) {
    this.#account = account;
  }

  /** Takes a copy: the batch is a view on a whole socket buffer, which must not be kept alive for it. */
  push(baseOffset: number, lastOffset: number, batch: Buffer): void {
    this.#batches.push({ baseOffset, lastOffset, bytes: Buffer.from(batch) });
    this.#account(this, batch.length);
  }

  /** Called by the cache, once for each push and in their order. */
  dropOldest(): number {
    return this.#batches.shift()?.bytes.length ?? 0;
  }

  /**
   * The batches from the one that holds `offset`, up to `maxBytes`, or undefined where the tail begins later and the
   * files must be read. With `atLeastOne` the first batch comes however large it is.
   */
  read(offset: number, maxBytes: number, atLeastOne: boolean): Buffer[] | undefined {
    const first = this.#batches.at(0);
    if (first === undefined || offset < first.baseOffset) return undefined;
    const found: Buffer[] = [];
    let total = 0;
    for (let i = this.#indexOf(offset); i < this.#batches.length; i++) {
      const bytes = this.#batches.at(i)?.bytes;
      if (bytes === undefined) break;
      if (total + bytes.length > maxBytes && !(atLeastOne && found.length === 0)) break;
      found.push(bytes);
      total += bytes.length;
    }
    return found;
  }

  #indexOf(offset: number): number {
    let low = 0;
    let high = this.#batches.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#batches.at(middle)?.lastOffset ?? offset) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
