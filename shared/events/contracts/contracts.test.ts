import { describe, expect, it } from 'vitest';
import { seal } from '../seal.ts';
import { ProductArchived } from './catalog.ts';
import { anOccurrence } from './contracts.examples.ts';

describe('SKUs in event contracts', () => {
  it.each([
    'a/b',
    'a\\b',
    'a?b',
    'a#b',
    '',
    'a'.repeat(65),
  ])('event contracts refuse a SKU with characters or lengths that ids do not allow: %j', (sku) => {
    const event = ProductArchived({ productId: 'p', sku });
    expect(() => seal(event, anOccurrence)).toThrow('a SKU is 1 to 64');
  });
});
