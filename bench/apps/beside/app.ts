// Lagerhaus as it is, and beside it functions with nothing around them.
import { registerBare } from '../endpoint/bare.ts';
import { registerBareProduct } from './bare-product.ts';
import { registerCpuTime } from './cpu-time.ts';

registerBare();
registerBareProduct();
registerCpuTime();
await import('../../../functions/app.ts');
