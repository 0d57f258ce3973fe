import { ProtocolError } from './reader.ts';

/** A number up to 32 bits in Protocol Buffers' zigzag encoding, as record batches have it. */
export function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value < 0 ? -value * 2 - 1 : value * 2;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}

/** Reads what consists of varints and of bytes with a varint as their length. */
export class VarintReader {
  readonly #source: Buffer;
  #position: number;

  constructor(source: Buffer, position: number) {
    this.#source = source;
    this.#position = position;
  }

  /** Of up to 53 bits: time deltas are varlongs. @throws ProtocolError */
  varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.int8();
      value += (byte & 0x7f) * factor;
      if (byte < 128) break;
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** @throws ProtocolError */
  int8(): number {
    const byte = this.#source[this.#position];
    if (byte === undefined) throw new ProtocolError('a record ends in the middle of a field');
    this.#position += 1;
    return byte;
  }

  /** A view, or null for a negative length. @throws ProtocolError */
  bytes(): Buffer | null {
    const length = this.varint();
    if (length < 0) return null;
    const start = this.#position;
    if (start + length > this.#source.length) throw new ProtocolError('a record ends in the middle of a field');
    this.#position = start + length;
    return this.#source.subarray(start, start + length);
  }
}
