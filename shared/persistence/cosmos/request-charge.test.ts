import { describe, expect, it } from 'vitest';
import { requestChargeOf } from './request-charge.ts';

describe('the request charge', () => {
  it.each([
    ['an item or a query', { resource: {}, requestCharge: 1.05 }, 1.05],
    ['a batch', { result: [], headers: { 'x-ms-request-charge': '17.3' } }, 17.3],
    ['a bulk request', [{ requestCharge: 5 }, { requestCharge: 6.5 }], 11.5],
    ['an error with headers', Object.assign(new Error('conflict'), { headers: { 'x-ms-request-charge': 2 } }), 2],
    [
      'an error that wraps one with headers',
      new Error('batch', { cause: { headers: { 'x-ms-request-charge': '0.38' } } }),
      0.38,
    ],
  ])('the request charge of %s is found', (_, answer, charge) => {
    expect(requestChargeOf(answer)).toBe(charge);
  });

  it.each([
    ['a broken connection', new Error('ECONNRESET')],
    ['headers without a charge', { headers: {} }],
    ['a charge that is no number', { requestCharge: Number.NaN }],
    ['an undefined answer', undefined],
  ])('the request charge of %s is zero', (_, answer) => {
    expect(requestChargeOf(answer)).toBe(0);
  });
});
