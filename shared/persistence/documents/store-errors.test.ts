import { describe, expect, it } from 'vitest';
import { asStoreError, StoreUnavailableError } from './store-errors.ts';

/** What becomes of an error as the SDK throws it. */
const read = (error: unknown) => asStoreError(error, 'orders');
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
  ])('store error %s is temporary and becomes a StoreUnavailableError', (code) => {
    expect(read(coded(code))).toBeInstanceOf(StoreUnavailableError);
    expect(read(coded(code))).toMatchObject({ trouble: 'unreachable' });
  });

  it.each([
    ['a wrong key', 401, 0, 'access'],
    ['a missing role', 403, 5301, 'access'],
    ['a region that fails over', 403, 3, 'unreachable'],
    ['a session that is not known yet', 404, 1002, 'unreachable'],
    ['a missing container', 404, 1003, 'missing'],
    ['a missing container, asked for itself', 404, undefined, 'missing'],
  ])('a store error tells what somebody has to mend: %s', (_, code, substatus, trouble) => {
    const error = read(coded(code, { substatus }));
    expect(error).toMatchObject({ trouble, message: expect.stringContaining('container orders') });
  });

  it.each([
    [400],
    [403, 1014],
    [409],
    [412],
    [413],
    ['ERR_INVALID_ARG_TYPE'],
    [undefined],
  ])('store error %s is permanent and stays as it is', (code, substatus?: number) => {
    const error = coded(code, { substatus });
    expect(read(error)).toBe(error);
  });

  it('a temporary store error is found as the cause of a failed batch', () => {
    const error = new Error('Batch request error', { cause: coded(429, { retryAfterInMs: 250 }) });
    expect(read(error)).toMatchObject({ name: 'StoreUnavailableError', retryAfterMs: 250 });
  });

  it('a temporary store error carries the retry-after of the store', () => {
    expect(read(coded(429, { retryAfterInMs: 1_200 }))).toMatchObject({ retryAfterMs: 1_200 });
    expect(read(coded(503))).toMatchObject({ retryAfterMs: undefined });
  });

  it('thrown values that are no store errors stay as they are', () => {
    for (const thrown of [undefined, null, 'text', new TypeError('a bug')]) expect(read(thrown)).toBe(thrown);
  });
});
