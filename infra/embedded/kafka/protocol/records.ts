import { crc32c } from './crc32c.ts';
import { writeInt64 } from './int64.ts';
import { batchHeaderBytes, compressionOf, isControl, readBatchHeader } from './record-batch.ts';
import { VarintReader, varint } from './varint.ts';

/** What a message consists of. */
export interface LogRecord {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly { readonly name: string; readonly value: Buffer | null }[];
}

/** A message in the log. */
export interface PlacedRecord extends LogRecord {
  readonly offset: number;
  readonly timestamp: number;
}

export interface BatchFields {
  /** Milliseconds since 1970, the same for all records. */
  readonly timestamp: number;
  readonly attributes?: number;
  readonly producerId?: number;
  readonly producerEpoch?: number;
  readonly baseSequence?: number;
}

/** An uncompressed record batch, as a producer sends it (kafka.apache.org/documentation/#recordbatch). */
export function recordBatch(records: readonly LogRecord[], fields: BatchFields): Buffer {
  const batch = Buffer.concat([Buffer.alloc(batchHeaderBytes), ...records.flatMap(encoded)]);
  batch.writeInt32BE(batch.length - 12, 8);
  batch.writeInt8(2, 16);
  batch.writeInt16BE(fields.attributes ?? 0, 21);
  batch.writeInt32BE(records.length - 1, 23);
  writeInt64(batch, fields.timestamp, 27);
  writeInt64(batch, fields.timestamp, 35);
  writeInt64(batch, fields.producerId ?? -1, 43);
  batch.writeInt16BE(fields.producerEpoch ?? -1, 51);
  batch.writeInt32BE(fields.baseSequence ?? -1, 53);
  batch.writeInt32BE(records.length, 57);
  batch.writeUInt32BE(crc32c(batch, 21), 17);
  return batch;
}

function encoded({ key, value, headers }: LogRecord, offsetDelta: number): Buffer[] {
  const parts = [
    Buffer.from([0, 0]), // attributes, time delta
    varint(offsetDelta),
    ...lengthAnd(key),
    ...lengthAnd(value),
    varint(headers.length),
    ...headers.flatMap((header) => [...lengthAnd(Buffer.from(header.name)), ...lengthAnd(header.value)]),
  ];
  return [varint(parts.reduce((sum, { length }) => sum + length, 0)), ...parts];
}

function lengthAnd(bytes: Buffer | null): Buffer[] {
  return bytes === null ? [varint(-1)] : [varint(bytes.length), bytes];
}

/**
 * The records of whole batches, one behind the other, as the log gives them.
 *
 * @throws Error for a compressed batch: who reads records here does so for a service that refuses compression.
 */
export function recordsIn(batches: Buffer): PlacedRecord[] {
  const records: PlacedRecord[] = [];
  for (let start = 0; start < batches.length; ) {
    const header = readBatchHeader(batches, start);
    if (compressionOf(header) !== 0) throw new Error('a compressed batch cannot be read record by record');
    if (!isControl(header)) {
      const reader = new VarintReader(batches, start + batchHeaderBytes);
      for (let count = 0; count < header.recordCount; count += 1) records.push(decoded(reader, header));
    }
    start += header.bytes;
  }
  return records;
}

function decoded(
  reader: VarintReader,
  { baseOffset, baseTimestamp }: { readonly baseOffset: number; readonly baseTimestamp: number },
): PlacedRecord {
  reader.varint(); // length
  reader.int8(); // attributes
  const timestamp = baseTimestamp + reader.varint();
  const offset = baseOffset + reader.varint();
  const [key, value] = [reader.bytes(), reader.bytes()];
  const headers = Array.from({ length: reader.varint() }, () => ({
    name: String(reader.bytes()),
    value: reader.bytes(),
  }));
  return { offset, timestamp, key, value, headers };
}
