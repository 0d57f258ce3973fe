import { describe, expect, it } from 'vitest';
import { priceAfter, priceAt, type SalesPrice } from './price.ts';

const tea = { sku: 'TEA', subject: 'product/1' };
const first = told({ price: 999, sequence: 1, at: '2026-11-22T08:00:00.000Z' });
const dearer = { ...tea, price: 1_099, sequence: 2, at: '2026-11-22T10:00:00.000Z' };

describe('the price of an item at the tills', () => {
  it('a price that has changed holds for what was sold before, and the new one from then on', () => {
    const now = told(dearer, first);
    expect(priceAt(now, '2026-11-22T09:59:59.999Z')).toBe(999);
    expect(priceAt(now, '2026-11-22T10:00:00.000Z')).toBe(1_099);
  });

  it('an item that has had one price has had it always', () => {
    expect(priceAt(first, '2026-11-21T00:00:00.000Z')).toBe(999);
  });

  it('a product that changes in other ways keeps the price before', () => {
    const now = told(dearer, first);
    const renamed = told({ ...dearer, sequence: 3, at: '2026-11-22T11:00:00.000Z' }, now);
    expect(renamed).toEqual({ ...now, sequence: 3 });
  });

  it('an event that is older, or comes again, changes nothing', () => {
    const now = told(dearer, first);
    expect(priceAfter(now, dearer)).toBeUndefined();
    expect(priceAfter(now, { ...tea, price: 999, sequence: 1, at: '2026-11-22T08:00:00.000Z' })).toBeUndefined();
  });

  it('an item that is archived keeps its prices and is not sold', () => {
    const archived = told({ price: undefined, sequence: 3, at: '2026-11-22T12:00:00.000Z' }, told(dearer, first));
    expect(archived).toMatchObject({ price: 1_099, before: { price: 999 }, isSold: false });
  });
});

function told(event: Partial<Parameters<typeof priceAfter>[1]>, known?: SalesPrice): SalesPrice {
  const next = priceAfter(known, { ...tea, price: undefined, sequence: 1, at: '2026-11-22T00:00:00.000Z', ...event });
  if (next === undefined) throw new Error(`${JSON.stringify(event)} tells nothing new`);
  return next;
}
