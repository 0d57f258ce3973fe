import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chunksOf } from './import-chunks.ts';

const description = fc.oneof(
  fc.constant(''),
  fc.constantFrom('x', '\u0000', '€', '\ud800').map((letter) => letter.repeat(4_000)),
);
const products = fc
  .array(description, { maxLength: 200 })
  .map((all) =>
    all.map((text, n) => ({ line: n + 2, sku: `SKU-${n}`, name: 'x'.repeat(200), price: 1, description: text })),
  );

it('an import file is split into chunks of one batch each, in order and always the same way', () => {
  fc.assert(
    fc.property(products, (all) => {
      const chunks = chunksOf(all);
      expect(chunks.flat()).toEqual(all);
      expect(chunksOf(all)).toEqual(chunks);
      for (const chunk of chunks) {
        expect(chunk.length).toBeLessThanOrEqual(49);
        // Each product is in a document and in an event, with some 700 bytes around it.
        const bytes = chunk.reduce((sum, product) => sum + 2 * (Buffer.byteLength(JSON.stringify(product)) + 700), 0);
        expect(bytes).toBeLessThan(2 * 1024 * 1024);
      }
    }),
    { numRuns: 50 },
  );
});

it('small products are committed 49 at a time: with SKUs, events and the answer these are 100 operations', () => {
  const all = Array.from({ length: 100 }, (_, n) => ({ line: n + 2, sku: `SKU-${n}`, name: 'Lamp', price: 1 }));
  expect(chunksOf(all).map((chunk) => chunk.length)).toEqual([49, 49, 2]);
});
