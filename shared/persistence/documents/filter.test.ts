import { describe, expect, it } from 'vitest';
import { conditionsOf } from './filter.ts';

describe('a query filter', () => {
  it('a query filter becomes conditions with all values in parameters', () => {
    const nasty = `'; DROP c --`;
    expect(
      conditionsOf({
        status: nasty,
        price: { atLeast: 1, atMost: 5 },
        size: { atLeast: 2 },
        name: { containing: nasty },
      }),
    ).toEqual({
      text: ' AND c.status = @status AND c.price >= @priceAtLeast AND c.price <= @priceAtMost AND c.size >= @sizeAtLeast AND CONTAINS(c.name, @name)',
      parameters: [
        { name: '@status', value: nasty },
        { name: '@priceAtLeast', value: 1 },
        { name: '@priceAtMost', value: 5 },
        { name: '@sizeAtLeast', value: 2 },
        { name: '@name', value: nasty },
      ],
    });
  });

  it('a query filter without values has no conditions', () => {
    expect(conditionsOf({ status: undefined, price: {} })).toEqual({ text: '', parameters: [] });
  });

  it.each(['c.x', 'a b', "a' OR 1=1", '', '__proto'])('a query filter refuses the field name %j', (name) => {
    expect(() => conditionsOf({ [name]: 1 })).toThrow('no name of a field');
  });
});
