import { defineService } from '../../shared/capabilities/define-service.ts';
import { archiveProduct } from './archive-product.ts';
import { createProduct } from './create-product.ts';
import { catalogExamples } from './examples.ts';
import { getProduct } from './get-product.ts';
import { importProducts } from './import-products.ts';
import { listProducts } from './list-products.ts';
import { catalogProblems } from './problems.ts';
import { productIndexes } from './product-indexes.ts';
import { updateProduct } from './update-product.ts';

export const catalog = defineService({
  name: 'catalog',
  summary: 'What is sold.',
  problems: catalogProblems,
  examples: catalogExamples,
  indexes: productIndexes,
  capabilities: [createProduct, getProduct, listProducts, updateProduct, archiveProduct, importProducts],
});
