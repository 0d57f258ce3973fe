import { describe, expect, it } from 'vitest';
import { asStoreError, StoreUnavailableError } from './store-errors.ts';

/** An error as the SDK throws it. */
const coded = (code: unknown, more = {}) => Object.assign(new Error('from the SDK'), { code, ...more });

describe('store errors', () => {
  it.each([
    408,
    410,
    429,
    449,
    500,
    502,
    503,
    504,
    'ECONNRESET',
    'REQUEST_SEND_ERROR',
  ])('store error %s is temporary and becomes a StoreUnavailableError', (code) => {
    expect(asStoreError(coded(code))).toBeInstanceOf(StoreUnavailableError);
  });

  it.each([
    400,
    401,
    403,
    404,
    409,
    412,
    413,
    'ERR_INVALID_ARG_TYPE',
    undefined,
  ])('store error %s is permanent and stays as it is', (code) => {
    const error = coded(code);
    expect(asStoreError(error)).toBe(error);
  });

  it('a temporary store error is found as the cause of a failed batch', () => {
    const error = new Error('Batch request error', { cause: coded(429, { retryAfterInMs: 250 }) });
    expect(asStoreError(error)).toMatchObject({ name: 'StoreUnavailableError', retryAfterMs: 250 });
  });

  it('a temporary store error carries the retry-after of the store', () => {
    expect(asStoreError(coded(429, { retryAfterInMs: 1_200 }))).toMatchObject({ retryAfterMs: 1_200 });
    expect(asStoreError(coded(503))).toMatchObject({ retryAfterMs: undefined });
  });

  it('thrown values that are no store errors stay as they are', () => {
    for (const thrown of [undefined, null, 'text', new TypeError('a bug')]) expect(asStoreError(thrown)).toBe(thrown);
  });
});
