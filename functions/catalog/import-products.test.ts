import { expect, it } from 'vitest';
import { z } from 'zod';
import { FileLine } from '../../shared/file-line.ts';
import { readLines } from './import-lines.ts';
import { importProducts } from './import-products.ts';

it.each(
  (importProducts.body?.accepts ?? []).flatMap((format) => (format.kind === 'text' ? [format] : [])),
)('every line of the import example in $mediaType is a valid product', (format) => {
  const { products, refused } = readLines(z.array(FileLine).parse(format.parse(format.example ?? '')));
  expect(products.map(({ sku }) => sku)).toEqual(['LAMP-1', 'RUG-7']);
  expect(refused).toEqual([]);
});
