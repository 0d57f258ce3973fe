import { writeInt64 } from './int64.ts';

const firstChunkBytes = 512;
const chunkBytes = 16_384;
/** From here a block is passed on as it is; below, a copy is cheaper than one more buffer in the writev. */
const copyBelowBytes = 4_096;

/**
 * Writes the primitive types of the Kafka protocol. The result is a list of buffers, so that record batches go from the
 * log to the socket without being copied.
 */
export class Writer {
  readonly #parts: Buffer[] = [];
  #size = 0;
  #chunk = Buffer.allocUnsafe(firstChunkBytes);
  #position = 0;

  int8(value: number): this {
    this.#position = this.#room(1).writeInt8(value, this.#position);
    return this;
  }

  int16(value: number): this {
    this.#position = this.#room(2).writeInt16BE(value, this.#position);
    return this;
  }

  int32(value: number): this {
    this.#position = this.#room(4).writeInt32BE(value, this.#position);
    return this;
  }

  int64(value: number): this {
    writeInt64(this.#room(8), value, this.#position);
    this.#position += 8;
    return this;
  }

  boolean(value: boolean): this {
    return this.int8(value ? 1 : 0);
  }

  string(value: string | null): this {
    if (value === null) return this.int16(-1);
    const length = Buffer.byteLength(value);
    this.int16(length);
    const chunk = this.#room(length); // before the position is read: a new chunk starts it over
    this.#position += chunk.write(value, this.#position);
    return this;
  }

  bytes(value: Buffer | null): this {
    if (value === null) return this.int32(-1);
    return this.int32(value.length).raw(value);
  }

  /** Bytes without a length before them. They must not change until the answer has been sent. */
  raw(value: Buffer): this {
    if (value.length < copyBelowBytes) {
      const chunk = this.#room(value.length);
      this.#position += value.copy(chunk, this.#position);
      return this;
    }
    this.#seal();
    this.#parts.push(value);
    this.#size += value.length;
    return this;
  }

  array<Item>(items: readonly Item[], writeItem: (writer: Writer, item: Item) => unknown): this {
    this.int32(items.length);
    for (const item of items) writeItem(this, item);
    return this;
  }

  /** Everything written, behind its length: one frame, ready for the socket. */
  frame(): readonly Buffer[] {
    this.#seal();
    const length = Buffer.allocUnsafe(4);
    length.writeInt32BE(this.#size);
    return [length, ...this.#parts];
  }

  #room(length: number): Buffer {
    if (this.#position + length > this.#chunk.length) {
      this.#seal();
      this.#chunk = Buffer.allocUnsafe(Math.max(chunkBytes, length));
    }
    return this.#chunk;
  }

  #seal(): void {
    if (this.#position === 0) return;
    this.#parts.push(this.#chunk.subarray(0, this.#position));
    this.#size += this.#position;
    this.#chunk = this.#chunk.subarray(this.#position);
    this.#position = 0;
  }
}
