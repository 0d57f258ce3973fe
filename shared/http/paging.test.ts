import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { continuationOf, PageQuery, positionOf } from './paging.ts';

const Position = z.object({ after: z.string() });

describe('a continuation', () => {
  it('leads back to where the list stopped, whatever the ids are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (after) => {
        expect(positionOf(continuationOf({ after }), Position)).toEqual({ after });
      }),
    );
  });

  it('goes into a URL as it is', () => {
    fc.assert(fc.property(fc.string(), (after) => /^[A-Za-z0-9_-]+$/.test(continuationOf({ after }))));
  });

  it.each([
    '',
    'garbage',
    '%%%',
    continuationOf(7),
    continuationOf({ bucket: 'x' }),
    continuationOf({ after: 1 }),
  ])('of another list, or of nobody, is refused: %j', (continuation) => {
    expect(() => positionOf(continuation, Position)).toThrow(
      expect.objectContaining({ status: 422, code: 'invalid-continuation' }),
    );
  });
});

describe('the query of a list', () => {
  it('asks for 50 items unless it says otherwise', () => {
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
  ])('is refused as %o', (query) => {
    expect(PageQuery.safeParse(query).success).toBe(false);
  });
});
