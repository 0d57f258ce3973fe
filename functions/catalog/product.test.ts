import { describe, expect, it } from 'vitest';
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

/** The product after what was decided. */
const become = (events: ReturnType<typeof change | typeof archive | typeof create>, before?: ProductState) =>
  [...events].reduce<ProductState | undefined>((state, event) => Product.apply(state, event), before);

describe('a new product', () => {
  it('is for sale', () => {
    expect(become(create(lamp, false))).toEqual(active);
  });
  it('cannot have the SKU of another', () => {
    expect(() => create(lamp, true)).toThrow(expect.objectContaining({ code: 'sku-taken', kind: 'state' }));
  });
});

describe('a change', () => {
  it('tells the whole product as it is from now on', () => {
    const events = change(active, { name: 'Reading Lamp', price: 4_500 });
    const { productId, sku, description, category } = lamp;
    expect(events.map(({ type, data }) => [type, data])).toEqual([
      ['product.updated', { productId, sku, name: 'Reading Lamp', description, category, price: 4_500 }],
    ]);
    expect(become(events, active)).toEqual({
      ...active,
      name: 'Reading Lamp',
      nameKey: 'reading lamp',
      price: 4_500,
    });
  });
  it('to what is there already is none', () => {
    expect(change(active, { name: 'Desk Lamp', price: 5_000, category: undefined })).toEqual([]);
  });
  it('can empty what may be empty', () => {
    expect(become(change(active, { category: '' }), active)?.category).toBe('');
  });
  it('of an archived product is refused', () => {
    expect(() => change(archived, { price: 1 })).toThrow(expect.objectContaining({ code: 'product-archived' }));
  });
});

describe('archiving', () => {
  it('takes the product out of what is sold', () => {
    expect(become(archive(active), active)).toEqual(archived);
  });
  it('twice is as good as once', () => {
    expect(archive(archived)).toEqual([]);
  });
});

it('a product stored before names had keys and products had dates is read all the same', () => {
  const { nameKey: _, createdAt: __, ...old } = active;
  expect(Product.parse(old)).toEqual({ ...old, nameKey: '', createdAt: '1970-01-01T00:00:00.000Z' });
});
