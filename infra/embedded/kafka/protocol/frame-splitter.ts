import { ProtocolError } from './reader.ts';

const lengthBytes = 4;

/** Cuts what arrives on a socket into frames: a 32-bit length, then as many bytes. */
export class FrameSplitter {
  #chunks: Buffer[] = [];
  #held = 0;

  /** Bytes that arrived and were not handed out yet. */
  get pendingBytes(): number {
    return this.#held;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
  }

  /**
   * The next whole frame without its length, or undefined while it is incomplete.
   *
   * @throws ProtocolError when the length is negative or over `limit`: what is there is not the Kafka protocol.
   */
  next(limit: number): Buffer | undefined {
    if (this.#held < lengthBytes) return undefined;
    const length = this.#front(lengthBytes).readInt32BE(0);
    if (length < 0 || length > limit) throw new ProtocolError(`frame of ${length} bytes, the limit is ${limit}`);
    const end = lengthBytes + length;
    if (this.#held < end) return undefined;
    const front = this.#front(end);
    this.#chunks[0] = front.subarray(end);
    this.#held -= end;
    return front.subarray(lengthBytes, end);
  }

  /** The first chunk, joined with those behind it until it has `length` bytes. */
  #front(length: number): Buffer {
    const [first] = this.#chunks;
    if (first !== undefined && first.length >= length) return first;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}
