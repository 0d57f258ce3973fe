import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FrameSplitter } from './frame-splitter.ts';
import { ProtocolError } from './reader.ts';

function framed(body: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return Buffer.concat([length, body]);
}

it('frames are found however the network splits the bytes', () => {
  const bodies = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 10 });
  const cuts = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 });
  fc.assert(
    fc.property(bodies, cuts, (sent, sizes) => {
      const stream = Buffer.concat(sent.map(framed));
      const splitter = new FrameSplitter();
      const received: Buffer[] = [];
      for (let at = 0, turn = 0; at < stream.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1;
        splitter.push(stream.subarray(at, at + size));
        at += size;
        for (let frame = splitter.next(100); frame; frame = splitter.next(100)) received.push(frame);
      }
      expect(received).toEqual(sent.map((body) => Buffer.from(body)));
      expect(splitter.pendingBytes).toBe(0);
    }),
  );
});

it.each([
  ['negative', -1],
  ['over the limit', 101],
])('a frame whose length is %s is refused', (_, length) => {
  const splitter = new FrameSplitter();
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(length);
  splitter.push(bytes);
  expect(() => splitter.next(100)).toThrow(ProtocolError);
});
