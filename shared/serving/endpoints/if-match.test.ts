import { describe, expect, it } from 'vitest';
import { created, etagOf, ok } from '../../http/answer.ts';
import { checkIfMatch } from './if-match.ts';

describe('If-Match', () => {
  it('takes the ETag that an answer gave', () => {
    for (const { headers } of [ok({}, 3), created('things/1', {}, 3)])
      expect(() => checkIfMatch(headers.etag ?? null, 3)).not.toThrow();
  });

  it.each([null, '*', ' * ', '"3"', '"2", "3"', '"3","4"'])('lets %s change version 3', (header) => {
    expect(() => checkIfMatch(header, 3)).not.toThrow();
  });

  it.each(['"2"', '"33"', '3', '', 'W/"3"', '"2", "4"'])('keeps %j from changing version 3', (header) => {
    expect(() => checkIfMatch(header, 3)).toThrow(expect.objectContaining({ kind: 'precondition' }));
  });
});

describe('an answer', () => {
  it('has an ETag where it has a version', () => {
    expect(ok({}).headers).toEqual({});
    expect(ok({}, 3).headers).toEqual({ etag: etagOf(3) });
    expect(created('things/1', {}, 1)).toMatchObject({ status: 201, headers: { location: 'things/1', etag: '"1"' } });
  });
});
