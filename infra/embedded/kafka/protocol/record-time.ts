import { gunzipSync } from 'node:zlib';
import { type BatchHeader, batchHeaderBytes, compressionOf } from './record-batch.ts';

const uncompressed = 0;
const gzip = 1;

/** Where in the log a point in time is. */
export interface TimedOffset {
  readonly offset: number;
  readonly timestamp: number;
}

/**
 * The first record of `batch` at or after `time`. A batch compressed with what Node cannot open answers for itself as a
 * whole: a consumer then starts a few records early, never late.
 */
export function firstRecordSince(batch: Buffer, header: BatchHeader, time: number): TimedOffset {
  const compression = compressionOf(header);
  const body = batch.subarray(batchHeaderBytes, header.bytes);
  if (compression !== uncompressed && compression !== gzip) {
    return { offset: header.baseOffset, timestamp: header.maxTimestamp };
  }
  const records = compression === gzip ? gunzipSync(body) : body;
  const cursor = { position: 0 };
  while (cursor.position < records.length) {
    const length = varint(records, cursor);
    const end = cursor.position + length;
    cursor.position += 1; // attributes
    const timestamp = header.baseTimestamp + varint(records, cursor);
    const offset = header.baseOffset + varint(records, cursor);
    if (timestamp >= time) return { offset, timestamp };
    cursor.position = end;
  }
  return { offset: header.baseOffset, timestamp: header.maxTimestamp };
}

/** A zigzag varint (Protocol Buffers encoding), in floating point since time deltas may pass 32 bits. */
function varint(source: Buffer, cursor: { position: number }): number {
  let value = 0;
  let scale = 1;
  for (;;) {
    const byte = source.readUInt8(cursor.position++);
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) break;
    scale *= 128;
  }
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
