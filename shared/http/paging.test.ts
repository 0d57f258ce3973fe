import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { continuationOf, PageQuery, positionOf } from './paging.ts';

const Position = z.object({ after: z.string() });

describe('a continuation token', () => {
  it('a continuation token leads back to the position it was made for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (after) => {
        expect(positionOf(continuationOf({ after }), Position)).toEqual({ after });
      }),
    );
  });

  it('a continuation token needs no escaping in a URL', () => {
    fc.assert(fc.property(fc.string(), (after) => /^[A-Za-z0-9_-]+$/.test(continuationOf({ after }))));
  });

  it.each([
    '',
    'garbage',
    '%%%',
    continuationOf(7),
    continuationOf({ bucket: 'x' }),
    continuationOf({ after: 1 }),
  ])('a continuation token that is foreign or made up is refused: %j', (continuation) => {
    expect(() => positionOf(continuation, Position)).toThrow(
      expect.objectContaining({ status: 422, code: 'invalid-continuation' }),
    );
  });
});

describe('a page query', () => {
  it('a page query has a limit of 50 unless it names another', () => {
    expect(PageQuery.parse({})).toEqual({ limit: 50 });
    expect(PageQuery.parse({ limit: '7' })).toEqual({ limit: 7 });
  });

  it.each([
    { limit: '0' },
    { limit: '101' },
    { limit: '1.5' },
    { limit: 'x' },
    { limt: '5' },
    { continuation: 'x'.repeat(2_001) },
  ])('a page query is refused if it is %o', (query) => {
    expect(PageQuery.safeParse(query).success).toBe(false);
  });
});
