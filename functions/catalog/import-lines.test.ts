import { describe, expect, it } from 'vitest';
import type { FileLine } from '../../shared/file-line.ts';
import { readLines } from './import-lines.ts';

const texts = (line: number, more: Readonly<Record<string, string>> = {}): FileLine => ({
  line,
  texts: { sku: `S${line}`, name: 'Lamp', price: '9.50', ...more },
});
const refusedBy = (line: FileLine) => readLines([line]).refused[0]?.reason;

describe('the lines of an import file', () => {
  it('import lines are read as products, from texts and from JSON values', () => {
    const values = { line: 3, values: { sku: 'S3', name: 'Chair', price: 9.5, quantity: 2, description: 'Soft' } };
    expect(readLines([texts(2, { quantity: '2', category: 'Light' }), values]).products).toEqual([
      { line: 2, sku: 'S2', name: 'Lamp', price: 950, quantity: 2, category: 'Light' },
      { line: 3, sku: 'S3', name: 'Chair', price: 950, quantity: 2, description: 'Soft' },
    ]);
  });

  it('an import line with an empty quantity column is a product without a quantity', () => {
    expect(readLines([texts(2, { quantity: '' })]).products[0]?.quantity).toBeUndefined();
  });

  it('bad import lines are refused one by one with a reason, and the others are accepted', () => {
    const { products, refused } = readLines([
      texts(2, { price: '9,50' }),
      texts(3),
      { line: 4, broken: 'is not JSON' },
      { line: 5, values: { sku: 'S 5', name: '', price: 1.234, quantity: 1.5, colour: 'red' } },
    ]);
    expect(products.map(({ line }) => line)).toEqual([3]);
    expect(refused).toEqual([
      {
        line: 2,
        sku: 'S2',
        outcome: 'refused',
        reason: {
          type: '/problems/invalid-line',
          detail: expect.stringContaining('price is no amount'),
          errors: [{ path: 'price', message: 'is no amount: write it as 899.99' }],
        },
      },
      { line: 4, outcome: 'refused', reason: { type: '/problems/invalid-line', detail: 'The line is not JSON.' } },
      {
        line: 5,
        outcome: 'refused',
        reason: expect.objectContaining({
          errors: ['name', 'price', 'sku', 'quantity', 'colour'].map((path) => ({ path, message: expect.any(String) })),
        }),
      },
    ]);
  });

  it.each([
    ['quantity', '-1'],
    ['quantity', '1.0'],
    ['quantity', '1000001'],
    ['price', ''],
    ['name', ''],
    ['sku', 'A/B'],
  ])('an import line with %s %j is refused', (field, text) => {
    expect(refusedBy(texts(2, { [field]: text }))?.errors?.map(({ path }) => path)).toEqual([field]);
  });

  it('of several import lines with one SKU, the first valid one becomes the product', () => {
    const { products, refused } = readLines([
      texts(2, { sku: 'A', price: 'x' }),
      texts(3, { sku: 'A' }),
      texts(4, { sku: 'A' }),
    ]);
    expect(products.map(({ line }) => line)).toEqual([3]);
    expect(refused.map(({ line, reason }) => [line, reason?.type, reason?.detail])).toEqual([
      [2, '/problems/invalid-line', expect.any(String)],
      [4, '/problems/duplicate-sku', 'line 3 has the SKU A, too'],
    ]);
  });
});
