import { describe, expect, it } from 'vitest';
import { conditionsOf, meets } from './filter.ts';

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

  it('a query filter asks for a field among the fields of a directory, too', () => {
    expect(conditionsOf({ 'fields.status': 'pending', 'fields.at': { atLeast: '' } })).toEqual({
      text: ' AND c.fields.status = @fields_status AND c.fields.at >= @fields_atAtLeast',
      parameters: [
        { name: '@fields_status', value: 'pending' },
        { name: '@fields_atAtLeast', value: '' },
      ],
    });
  });

  it('a query filter without values has no conditions', () => {
    expect(conditionsOf({ status: undefined, price: {} })).toEqual({ text: '', parameters: [] });
  });

  it.each([
    'c.x',
    'fields.a.b',
    'a b',
    "a' OR 1=1",
    '',
    '__proto',
  ])('a query filter refuses the field name %j', (name) => {
    expect(() => conditionsOf({ [name]: 1 })).toThrow('no name of a field');
  });

  it.each([
    [{ size: 2 }, true],
    [{ size: '2' }, false],
    [{ size: { atLeast: 2, atMost: 2 } }, true],
    [{ size: { atLeast: 2.5 } }, false],
    [{ size: { atLeast: '' } }, false],
    [{ name: { atLeast: '' } }, true],
    [{ name: { atLeast: 'ab😀', atMost: 'ab😀' } }, true],
    // Before the other by its bytes, and behind it by UTF-16.
    [{ name: { atMost: 'ab\uffff' } }, false],
    [{ name: { containing: 'b😀' } }, true],
    [{ name: { containing: 'c' } }, false],
    [{ colour: 'red' }, false],
    [{ colour: { atMost: 'red' } }, false],
    [{ colour: undefined, size: {} }, true],
  ])('a query filter tells of fields that are read whether they meet it: %j', (filter, expected) => {
    expect(meets({ name: 'ab😀', size: 2 }, filter)).toBe(expected);
  });
});
