import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProtocolError, Reader } from './reader.ts';
import { Writer } from './writer.ts';

function written(write: (writer: Writer) => unknown): Buffer {
  const writer = new Writer();
  write(writer);
  return Buffer.concat(writer.frame()).subarray(4);
}

describe('the Kafka writer and reader', () => {
  it('the Kafka writer follows the wire format of each type', () => {
    const bytes = written((w) =>
      w.int8(-1).int16(258).int32(-2).int64(4_294_967_297).boolean(true).string('é').string(null),
    );
    expect(bytes.toString('hex')).toBe(`ff0102fffffffe000000010000000101${'0002c3a9'}ffff`);
  });

  it('the Kafka reader returns what the writer wrote, however it is split into chunks', () => {
    const texts = fc.array(fc.string({ maxLength: 3_000 }), { maxLength: 40 });
    const blobs = fc.array(fc.uint8Array({ maxLength: 9_000 }), { maxLength: 20 });
    fc.assert(
      fc.property(texts, blobs, fc.array(fc.maxSafeInteger()), (strings, blocks, numbers) => {
        const buffers = blocks.map((block) => Buffer.from(block));
        const reader = new Reader(
          written((w) => {
            w.array(strings, (_, s) => w.string(s));
            w.array(buffers, (_, b) => w.bytes(b));
            w.array(numbers, (_, n) => w.int64(n));
          }),
        );
        expect(reader.array(() => reader.string())).toEqual(strings.map((s) => s.toWellFormed()));
        expect(reader.array(() => reader.bytes())).toEqual(buffers);
        expect(reader.array(() => reader.int64())).toEqual(numbers);
      }),
      { numRuns: 50 },
    );
  });

  it('the Kafka writer puts the length of the frame in front', () => {
    const frame = Buffer.concat(new Writer().string('abc').raw(Buffer.alloc(5_000)).frame());
    expect(frame.readInt32BE(0)).toBe(frame.length - 4);
  });
});

describe('a malformed Kafka request', () => {
  it.each([
    ['ends in the middle of a field', Buffer.from([0, 5, 65]), (r: Reader) => r.string()],
    ['has null where a value is required', Buffer.from([0xff, 0xff]), (r: Reader) => r.string()],
    ['announces more items than it has bytes', Buffer.from([0x7f, 0, 0, 0]), (r: Reader) => r.array(() => r.int8())],
  ])('a Kafka request is refused when it %s', (_, bytes, read) => {
    expect(() => read(new Reader(bytes))).toThrow(ProtocolError);
  });
});
