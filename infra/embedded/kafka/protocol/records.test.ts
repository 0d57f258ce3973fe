import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type LogRecord, recordBatch, recordsIn } from './records.ts';

const bytes = fc.option(fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)));
const record: fc.Arbitrary<LogRecord> = fc.record({
  key: bytes,
  value: bytes,
  headers: fc.array(fc.record({ name: fc.string(), value: bytes }), { maxLength: 3 }),
});

it('records survive a round trip through record batches', () => {
  const batches = fc.array(fc.array(record, { minLength: 1, maxLength: 5 }), { maxLength: 3 });
  fc.assert(
    fc.property(batches, (lists) => {
      const written = Buffer.concat(lists.map((list, index) => recordBatch(list, { timestamp: 1_000 + index })));
      const read = recordsIn(written).map(({ key, value, headers }) => ({ key, value, headers }));
      expect(read).toEqual(lists.flat());
    }),
  );
});

it('each record of a batch has its offset and its time', () => {
  const plain = { key: null, value: Buffer.from('x'), headers: [] };
  const placed = recordsIn(recordBatch([plain, plain], { timestamp: 1_767_225_600_000 }));
  expect(placed.map(({ offset, timestamp }) => [offset, timestamp])).toEqual([
    [0, 1_767_225_600_000],
    [1, 1_767_225_600_000],
  ]);
});

it('a compressed record batch is refused by the reader of plain records', () => {
  const batch = recordBatch([{ key: null, value: null, headers: [] }], { timestamp: 0, attributes: 1 });
  expect(() => recordsIn(batch)).toThrow('compressed');
});
