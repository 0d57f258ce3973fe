import { readInt64 } from './int64.ts';

/** The bytes are not the request they claim to be. As in Kafka, the connection is closed. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** Reads the primitive types of the Kafka protocol (kafka.apache.org/protocol, "Protocol Primitive Types"). */
export class Reader {
  readonly #source: Buffer;
  #position = 0;

  constructor(source: Buffer) {
    this.#source = source;
  }

  int8(): number {
    return this.#source.readInt8(this.#take(1));
  }

  int16(): number {
    return this.#source.readInt16BE(this.#take(2));
  }

  int32(): number {
    return this.#source.readInt32BE(this.#take(4));
  }

  int64(): number {
    return readInt64(this.#source, this.#take(8));
  }

  boolean(): boolean {
    return this.int8() !== 0;
  }

  string(): string {
    return present(this.nullableString(), 'string');
  }

  nullableString(): string | null {
    const length = this.int16();
    if (length < 0) return null;
    const start = this.#take(length);
    return this.#source.toString('utf8', start, start + length);
  }

  bytes(): Buffer {
    return present(this.nullableBytes(), 'byte array');
  }

  /** A view on the request, not a copy. */
  nullableBytes(): Buffer | null {
    const length = this.int32();
    if (length < 0) return null;
    const start = this.#take(length);
    return this.#source.subarray(start, start + length);
  }

  array<Item>(readItem: (reader: Reader) => Item): Item[] {
    return present(this.nullableArray(readItem), 'array');
  }

  nullableArray<Item>(readItem: (reader: Reader) => Item): Item[] | null {
    const count = this.int32();
    if (count < 0) return null;
    if (count > this.#source.length - this.#position)
      throw new ProtocolError(`array of ${count} items in a short request`);
    return Array.from({ length: count }, () => readItem(this));
  }

  #take(length: number): number {
    const start = this.#position;
    if (start + length > this.#source.length) throw new ProtocolError('request ends in the middle of a field');
    this.#position = start + length;
    return start;
  }
}

function present<Value>(value: Value | null, type: string): Value {
  if (value === null) throw new ProtocolError(`null where a ${type} is required`);
  return value;
}
