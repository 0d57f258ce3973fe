import { crc32c } from '../protocol/crc32c.ts';
import { writeInt64 } from '../protocol/int64.ts';

const HEADER_BYTES = 61;

interface BatchOptions {
  readonly baseOffset?: number;
  readonly producerId?: number;
  readonly producerEpoch?: number;
  readonly baseSequence?: number;
  readonly attributes?: number;
  readonly timestamp?: number;
}

/** An uncompressed record batch of the given values, as a producer would send it. */
export function batchOf(values: readonly string[], options: BatchOptions = {}): Buffer {
  const records = Buffer.concat(values.map((value, delta) => record(Buffer.from(value), delta)));
  const batch = Buffer.concat([Buffer.alloc(HEADER_BYTES), records]);
  const timestamp = options.timestamp ?? Date.now();
  writeInt64(batch, options.baseOffset ?? 0, 0);
  batch.writeInt32BE(batch.length - 12, 8);
  batch.writeInt8(2, 16);
  batch.writeInt16BE(options.attributes ?? 0, 21);
  batch.writeInt32BE(values.length - 1, 23);
  writeInt64(batch, timestamp, 27);
  writeInt64(batch, timestamp, 35);
  writeInt64(batch, options.producerId ?? -1, 43);
  batch.writeInt16BE(options.producerEpoch ?? -1, 51);
  batch.writeInt32BE(options.baseSequence ?? -1, 53);
  batch.writeInt32BE(values.length, 57);
  batch.writeUInt32BE(crc32c(batch, 21), 17);
  return batch;
}

function record(value: Buffer, offsetDelta: number): Buffer {
  const body = Buffer.concat([
    Buffer.from([0, 0]), // attributes, time delta
    varint(offsetDelta),
    varint(-1), // no key
    varint(value.length),
    value,
    varint(0), // no headers
  ]);
  return Buffer.concat([varint(body.length), body]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value < 0 ? -value * 2 - 1 : value * 2;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}
