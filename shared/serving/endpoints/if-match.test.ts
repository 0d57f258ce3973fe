import { describe, expect, it } from 'vitest';
import { created, etagOf, ok } from '../../http/answer.ts';
import { checkIfMatch } from './if-match.ts';

describe('If-Match', () => {
  it('If-Match accepts the ETag of an earlier response', () => {
    for (const { headers } of [ok({}, 3), created('things/1', {}, 3)])
      expect(() => checkIfMatch(headers.etag ?? null, 3)).not.toThrow();
  });

  it.each([null, '*', ' * ', '"3"', '"2", "3"', '"3","4"'])('If-Match: %s permits a change of version 3', (header) => {
    expect(() => checkIfMatch(header, 3)).not.toThrow();
  });

  it.each(['"2"', '"33"', '3', '', 'W/"3"', '"2", "4"'])('If-Match: %j prevents a change of version 3', (header) => {
    expect(() => checkIfMatch(header, 3)).toThrow(expect.objectContaining({ kind: 'precondition' }));
  });
});

describe('the ETag of a response', () => {
  it('a response has an ETag if it has a version', () => {
    expect(ok({}).headers).toEqual({});
    expect(ok({}, 3).headers).toEqual({ etag: etagOf(3) });
    expect(created('things/1', {}, 1)).toMatchObject({ status: 201, headers: { location: 'things/1', etag: '"1"' } });
  });
});
