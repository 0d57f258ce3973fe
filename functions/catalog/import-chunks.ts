import type { ImportedProduct } from './import-lines.ts';

/** A batch takes 100 operations: a product and its SKU each, the outbox and the answer to a key. */
const mostProducts = 49;

/** A batch takes 2 MB. What a product says is written twice, in its document and in its event. */
const mostBytes = 1_500_000;
const bytesBesides = 1_500;

/** Cuts the products into what one commit takes. The same file is always cut the same: a repeat meets its own commits. */
export function chunksOf(products: readonly ImportedProduct[]): readonly (readonly ImportedProduct[])[] {
  const chunks: ImportedProduct[][] = [];
  let bytes = 0;
  for (const product of products) {
    const size = 2 * Buffer.byteLength(JSON.stringify(product)) + bytesBesides;
    const current = chunks.at(-1);
    if (current === undefined || current.length === mostProducts || bytes + size > mostBytes) {
      chunks.push([product]);
      bytes = size;
    } else {
      current.push(product);
      bytes += size;
    }
  }
  return chunks;
}
