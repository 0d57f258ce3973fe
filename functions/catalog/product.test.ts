import { describe, expect, it } from 'vitest';
import { given } from '../../tests/rigs/model/decider.ts';
import { archive, change, create, type NewProduct, Product, type ProductState } from './product.ts';

const lamp: NewProduct = {
  productId: 'p1',
  sku: 'ITEM-001',
  name: 'Desk Lamp',
  description: '',
  category: 'Lighting',
  price: 5_000,
  quantity: 50,
  createdAt: '2026-11-22T10:00:00.000Z',
};
const active: ProductState = { ...lamp, nameKey: 'desk lamp', status: 'active' };
const archived: ProductState = { ...active, status: 'archived' };

describe('a new product', () => {
  it('a new product is for sale', () => {
    given(Product).when(create, lamp, false).thenState(active);
  });
  it('a new product with the SKU of another is refused', () => {
    given(Product).when(create, lamp, true).isRefused('sku-taken', { kind: 'state' });
  });
});

describe('a change of a product', () => {
  it('a change of a product records the whole product as it is afterwards', () => {
    const { productId, sku, description, category } = lamp;
    const data = { productId, sku, name: 'Reading Lamp', description, category, price: 4_500 };
    given(Product, active)
      .when(change, { name: 'Reading Lamp', price: 4_500 })
      .then([{ type: 'product.updated', data }])
      .thenState({ ...active, name: 'Reading Lamp', nameKey: 'reading lamp', price: 4_500 });
  });
  it('a change of a product to its present values records nothing', () => {
    given(Product, active).when(change, { name: 'Desk Lamp', price: 5_000, category: undefined }).then([]);
  });
  it('a change of a product can empty its optional fields', () => {
    expect(given(Product, active).when(change, { category: '' }).state.category).toBe('');
  });
  it('a change of an archived product is refused', () => {
    given(Product, archived).when(change, { price: 1 }).isRefused('product-archived');
  });
});

describe('archiving a product', () => {
  it('archiving a product takes it off sale', () => {
    given(Product, active).when(archive).thenState(archived);
  });
  it('archiving a product twice records nothing more', () => {
    given(Product, archived).when(archive).then([]);
  });
});

it('a product stored without a name key and a creation date can still be read', () => {
  const { nameKey: _, createdAt: __, ...old } = active;
  expect(Product.parse(old)).toEqual({ ...old, nameKey: '', createdAt: '1970-01-01T00:00:00.000Z' });
});
