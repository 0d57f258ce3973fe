import { describe, expect, it } from 'vitest';
import { asStoreError, StoreUnavailableError } from './store-errors.ts';

/** An error as the SDK throws it. */
const coded = (code: unknown, more = {}) => Object.assign(new Error('from the SDK'), { code, ...more });

describe('an error of the store', () => {
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
  ])('passes where waiting can help: %s', (code) => {
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
  ])('stays what it is where waiting helps nobody: %s', (code) => {
    const error = coded(code);
    expect(asStoreError(error)).toBe(error);
  });

  it('is found inside the one that the SDK makes of a refused batch', () => {
    const error = new Error('Batch request error', { cause: coded(429, { retryAfterInMs: 250 }) });
    expect(asStoreError(error)).toMatchObject({ name: 'StoreUnavailableError', retryAfterMs: 250 });
  });

  it('says how long the store asked to be left alone', () => {
    expect(asStoreError(coded(429, { retryAfterInMs: 1_200 }))).toMatchObject({ retryAfterMs: 1_200 });
    expect(asStoreError(coded(503))).toMatchObject({ retryAfterMs: undefined });
  });

  it('is not made of anything else that was thrown', () => {
    for (const thrown of [undefined, null, 'text', new TypeError('a bug')]) expect(asStoreError(thrown)).toBe(thrown);
  });
});
