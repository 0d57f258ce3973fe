import { expect, it } from 'vitest';
import { addressOf, paths, segmentsOf } from './address.ts';

it.each(Object.entries(paths))('the path of the kind %s leads to it: %s', (kind, path) => {
  expect(addressOf(segmentsOf(path)).kind).toBe(kind);
});
