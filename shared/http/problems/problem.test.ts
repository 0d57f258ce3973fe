import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { reject, rejectAbsent, rejectContent, rejectForbidden, rejectPrecondition } from '../../model/rejection.ts';
import {
  MissingDocumentError,
  StaleStateError,
  StoreUnavailableError,
  TooLargeError,
} from '../../persistence/documents/store-errors.ts';
import { InvalidTokenError, KeysUnreachableError } from '../../security/token-issuer.ts';
import { problemOf } from '../../serving/problem-of.ts';
import { invalid, Problem } from './problem.ts';

describe('a problem document', () => {
  it('a problem document has the members of RFC 9457 and a stable type', () => {
    expect(new Problem(422, 'total-mismatch', 'the items come to 20.00').body('trace-1')).toEqual({
      type: '/problems/total-mismatch',
      title: 'Total mismatch',
      status: 422,
      detail: 'the items come to 20.00',
      instance: 'trace-1',
    });
  });

  it('a problem document names every invalid and every unknown field', () => {
    const schema = z.strictObject({ items: z.array(z.strictObject({ quantity: z.int() })) });
    const { error } = schema.safeParse({ items: [{ quantity: 1 }, { quantity: 'x', price: 1 }], extra: 1 });
    const problem = error && invalid('body', error);
    expect(problem).toMatchObject({ status: 422, code: 'invalid-body' });
    expect(problem?.errors?.map(({ path }) => path)).toEqual(['items.1.quantity', 'items.1.price', 'extra']);
    expect(problem?.body('t')).toHaveProperty('errors');
  });
});

describe('the problem of an error', () => {
  it.each([
    [rejectContent('unknown-item', 'no such item'), 422, 'unknown-item'],
    [reject('illegal-transition', 'too late'), 409, 'illegal-transition'],
    [rejectAbsent('no order'), 404, 'not-found'],
    [rejectForbidden('not yours'), 403, 'forbidden'],
    [rejectPrecondition('changed'), 412, 'precondition-failed'],
    [new MissingDocumentError('there is no order 1'), 404, 'not-found'],
    [new TooLargeError('102 operations'), 413, 'too-large'],
    [new InvalidTokenError('expired'), 401, 'invalid-token'],
    [new KeysUnreachableError('away'), 503, 'issuer-unavailable'],
    [new StaleStateError('somebody was first'), 503, 'contended'],
    [new StoreUnavailableError('503', {}), 503, 'unavailable'],
    [new TypeError('x is undefined'), 500, 'internal'],
    ['thrown text', 500, 'internal'],
  ])('%s becomes a %i with the code %s', (error, status, code) => {
    expect(problemOf(error)).toMatchObject({ status, code });
  });

  it('the problem of an unavailable or contended store says when to retry', () => {
    for (const error of [new StaleStateError('s'), new StoreUnavailableError('s', {})])
      expect(problemOf(error).headers).toEqual({ 'retry-after': '1' });
  });

  it('the problem of an invalid token asks for authentication', () => {
    expect(problemOf(new InvalidTokenError('expired')).headers['www-authenticate']).toContain('invalid_token');
  });

  it('the problem of an unexpected error reveals no internals', () => {
    const secret = 'AccountKey=hunter2';
    for (const error of [new Error(secret), new StoreUnavailableError(secret, {}), new StaleStateError(secret)])
      expect(JSON.stringify(problemOf(error).body('t'))).not.toContain('hunter2');
  });

  it('a thrown problem is answered as it is', () => {
    const problem = new Problem(400, 'broken-json', 'the body is not JSON');
    expect(problemOf(problem)).toBe(problem);
  });
});
