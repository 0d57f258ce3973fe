import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Rejection, rejectInvalid } from '../model/rejection.ts';
import { problemOf } from './problem-of.ts';

describe('the problem of a rejection', () => {
  it.each([
    ['content', 422],
    ['state', 409],
    ['absent', 404],
    ['forbidden', 403],
    ['precondition', 412],
    ['unauthenticated', 401],
    ['limited', 429],
  ] as const)('a rejection of kind %s has status %i', (kind, status) => {
    expect(problemOf(new Rejection('no', 'not like that', kind))).toMatchObject({ status, code: 'no' });
  });

  it('the problem of a rejected anonymous caller asks for credentials', () => {
    expect(problemOf(new Rejection('no', 'who are you', 'unauthenticated')).headers).toEqual({
      'www-authenticate': 'Bearer',
    });
  });

  it('the problem of a rate limit says in whole seconds when to retry, at least one', () => {
    const headersAfter = (retryAfterMs: number) =>
      problemOf(new Rejection('no', 'too often', 'limited', { retryAfterMs })).headers;
    expect(headersAfter(59_001)).toEqual({ 'retry-after': '60' });
    expect(headersAfter(1)).toEqual({ 'retry-after': '1' });
  });

  it('the problem of an invalid body names every invalid and every unknown field', () => {
    const { error } = z.strictObject({ quantity: z.int() }).safeParse({ quantity: 'two', colour: 'red' });
    const problem = problemOf(rejectInvalid('body', error ?? new z.ZodError([])));
    expect(problem).toMatchObject({ status: 422, code: 'invalid-body' });
    expect(problem.errors?.map(({ path }) => path)).toEqual(['quantity', 'colour']);
  });
});
