import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

it('objects with the same members in any order have the same canonical JSON, at any depth', () => {
  const one = { b: [{ y: 1, x: 'é' }], a: undefined, c: { '10': 1, '9': null } };
  const other = { c: { '9': null, '10': 1 }, b: [{ x: 'é', y: 1 }] };
  expect(canonicalJson(one)).toBe(canonicalJson(other));
});

it('lists in another order, and other values, have another canonical JSON', () => {
  const all = [[1, 2], [2, 1], ['1', '2'], [[1], 2], { '0': 1, '1': 2 }, null, {}, []].map(canonicalJson);
  expect(new Set(all).size).toBe(all.length);
});

it('canonical JSON is read as what it was made of', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
  );
});
