import { expect, it } from 'vitest';
import { addressOf, paths, segmentsOf } from './address.ts';

it.each(Object.entries(paths))('a Cosmos path is recognized as one of the kind %s: %s', (kind, path) => {
  expect(addressOf(segmentsOf(path)).kind).toBe(kind);
});
