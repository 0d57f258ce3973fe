import { writeInt64 } from '../protocol/int64.ts';
import { type BatchFields, recordBatch } from '../protocol/records.ts';

interface BatchOptions extends Partial<BatchFields> {
  readonly baseOffset?: number;
}

/** An uncompressed record batch of the given values, as a producer would send it. */
export function batchOf(values: readonly string[], { baseOffset = 0, ...fields }: BatchOptions = {}): Buffer {
  const records = values.map((value) => ({ key: null, value: Buffer.from(value), headers: [] }));
  const batch = recordBatch(records, { timestamp: Date.now(), ...fields });
  writeInt64(batch, baseOffset, 0);
  return batch;
}
