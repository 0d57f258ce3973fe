import { describe, expect, it } from 'vitest';
import { seal } from '../seal.ts';
import { ProductArchived } from './catalog.ts';

const occurrence = {
  id: '0193a0b0-0000-7000-8000-000000000001',
  service: 'tests',
  sequence: 1,
  time: '2026-11-22T10:00:00.000Z',
  cause: { tenant: 'main', correlationId: 'c' },
};

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
    expect(() => seal(event, occurrence)).toThrow('a SKU is 1 to 64');
  });
});
