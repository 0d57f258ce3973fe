import type { NewId } from '../../shared/ids.ts';
import { Rejection } from '../../shared/model/rejection.ts';
import type { UnitOfWork } from '../../shared/persistence/commit/unit-of-work.ts';
import type { ImportedProduct } from './import-lines.ts';
import { type LineOutcome, refused } from './import-report.ts';
import { change, create, Product } from './product.ts';
import { SkuClaim } from './sku-claim.ts';

/** Makes or changes the products of one commit, and tells what became of each. */
export async function importChunk(
  products: readonly ImportedProduct[],
  work: UnitOfWork,
  { newId, now }: { readonly newId: NewId; readonly now: Date },
): Promise<readonly LineOutcome[]> {
  await work.preload(products.map(({ sku }) => ({ type: SkuClaim, id: sku })));
  const claims = await Promise.all(products.map(({ sku }) => work.load(SkuClaim, sku)));
  const claimed = claims.flatMap(({ current }) => (current === undefined ? [] : [current.productId]));
  await work.preload(claimed.map((id) => ({ type: Product, id })));
  const outcomes: LineOutcome[] = [];
  for (const product of products)
    outcomes.push(await importProduct(product, work, { productId: newId(), createdAt: now.toISOString() }));
  return outcomes;
}

async function importProduct(
  { line, quantity = 0, description = '', category = '', ...wish }: ImportedProduct,
  work: UnitOfWork,
  added: { readonly productId: string; readonly createdAt: string },
): Promise<LineOutcome> {
  const { sku } = wish;
  const claim = await work.load(SkuClaim, sku);
  if (claim.current === undefined) {
    const product = await work.expectNew(Product, added.productId);
    product.record(create({ ...wish, ...added, quantity, description, category }, false));
    claim.put({ productId: added.productId });
    return { line, sku, outcome: 'created', id: added.productId };
  }
  const { productId: id } = claim.current;
  const product = await work.load(Product, id);
  try {
    const changes = change(product.state, wish);
    product.record(changes);
    return { line, sku, outcome: changes.length === 0 ? 'unchanged' : 'changed', id };
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return { ...refused(line, sku, error), id };
  }
}
