import { crc32c } from './crc32c.ts';
import { readInt64, writeInt64 } from './int64.ts';

/** Bytes before the first record of a batch (kafka.apache.org/documentation/#recordbatch). */
export const batchHeaderBytes = 61;
/** `batchLength` does not count the base offset and itself. */
const uncountedBytes = 12;
/** The checksum covers everything from the attributes on; offset and leader epoch before it are the broker's to set. */
const checkedFrom = 21;

/** The header of a record batch, format version 2. */
export interface BatchHeader {
  readonly baseOffset: number;
  /** Bytes of the whole batch, header included. */
  readonly bytes: number;
  readonly magic: number;
  readonly checksum: number;
  readonly attributes: number;
  readonly lastOffsetDelta: number;
  readonly baseTimestamp: number;
  readonly maxTimestamp: number;
  /** -1 when the producer is not idempotent. */
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly recordCount: number;
}

/** Reads the header at `at`; {@link batchHeaderBytes} bytes must be there. */
export function readBatchHeader(source: Buffer, at = 0): BatchHeader {
  return {
    baseOffset: readInt64(source, at),
    bytes: source.readInt32BE(at + 8) + uncountedBytes,
    magic: source.readInt8(at + 16),
    checksum: source.readUInt32BE(at + 17),
    attributes: source.readInt16BE(at + checkedFrom),
    lastOffsetDelta: source.readInt32BE(at + 23),
    baseTimestamp: readInt64(source, at + 27),
    maxTimestamp: readInt64(source, at + 35),
    producerId: readInt64(source, at + 43),
    producerEpoch: source.readInt16BE(at + 51),
    baseSequence: source.readInt32BE(at + 53),
    recordCount: source.readInt32BE(at + 57),
  };
}

/** Whether the bytes of the batch at `at` are the ones its producer sent. */
export function checksumMatches(source: Buffer, header: BatchHeader, at = 0): boolean {
  return crc32c(source, at + checkedFrom, at + header.bytes) === header.checksum;
}

/** Gives a batch its place in the log, in the bytes themselves. One broker has one leader epoch: 0. */
export function placeBatch(batch: Buffer, baseOffset: number): void {
  writeInt64(batch, baseOffset, 0);
  batch.writeInt32BE(0, 12);
}

export function lastOffsetOf(header: BatchHeader): number {
  return header.baseOffset + header.lastOffsetDelta;
}

/** 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd. */
export function compressionOf(header: BatchHeader): number {
  return header.attributes & 0x07;
}

export function isTransactional(header: BatchHeader): boolean {
  return (header.attributes & 0x10) !== 0;
}

export function isControl(header: BatchHeader): boolean {
  return (header.attributes & 0x20) !== 0;
}
