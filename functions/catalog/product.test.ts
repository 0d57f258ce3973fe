import { expect, it } from 'vitest';
import { create, Product } from './product.ts';

const product = {
  productId: 'p1',
  sku: 'ITEM-001',
  name: 'Lamp',
  description: '',
  category: 'Lighting',
  price: 5_000,
  quantity: 50,
};

it('a new product is for sale', () => {
  const [created] = create(product, false);
  expect(created && Product.apply(undefined, created)).toEqual({ ...product, status: 'active' });
});

it('two products cannot have one SKU', () => {
  expect(() => create(product, true)).toThrow(expect.objectContaining({ code: 'sku-taken', nature: 'state' }));
});
