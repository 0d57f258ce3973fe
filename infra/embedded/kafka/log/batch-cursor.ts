import { readSync } from 'node:fs';
import { type BatchHeader, batchHeaderBytes, readBatchHeader } from '../protocol/record-batch.ts';

const windowBytes = 65_536;

/** Reads `length` bytes at `position`, or as many as the file has. */
export function readAt(file: number, position: number, length: number): Buffer {
  const target = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const count = readSync(file, target, done, length - done, position + done);
    if (count === 0) break;
    done += count;
  }
  return target.subarray(0, done);
}

/** Walks the batches of a segment file one after the other, reading a window at a time. */
export class BatchCursor {
  /** Where the batch begins that the cursor stands on. */
  position: number;
  readonly #file: number;
  readonly #end: number;
  #window: Buffer = Buffer.alloc(0);
  #windowStart = 0;

  constructor(file: number, position: number, end: number) {
    this.#file = file;
    this.position = position;
    this.#end = end;
  }

  /** The header under the cursor, or undefined where less than a whole batch is left or its length makes no sense. */
  header(): BatchHeader | undefined {
    if (this.position + batchHeaderBytes > this.#end) return undefined;
    const header = readBatchHeader(this.#view(batchHeaderBytes));
    const whole = header.bytes >= batchHeaderBytes && this.position + header.bytes <= this.#end;
    return whole ? header : undefined;
  }

  /** The bytes of the batch under the cursor. Valid until the cursor moves. */
  batch(header: BatchHeader): Buffer {
    return this.#view(header.bytes);
  }

  advance(header: BatchHeader): void {
    this.position += header.bytes;
  }

  #view(length: number): Buffer {
    const start = this.position - this.#windowStart;
    if (start < 0 || start + length > this.#window.length) {
      const wanted = Math.min(Math.max(length, windowBytes), this.#end - this.position);
      this.#window = readAt(this.#file, this.position, wanted);
      this.#windowStart = this.position;
      return this.#window.subarray(0, length);
    }
    return this.#window.subarray(start, start + length);
  }
}
