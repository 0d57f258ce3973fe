// Lagerhaus as it is, and beside it a function that reads a product with nothing around it.
import { registerBareProduct } from './bare-product.ts';

registerBareProduct();
await import('../../../functions/app.ts');
