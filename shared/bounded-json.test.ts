import { describe, expect, it } from 'vitest';
import { parseJson } from './bounded-json.ts';

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('JSON that somebody sent', () => {
  it.each([
    ['{"a":[1,{"b":null}]}'],
    ['"text"'],
    ['null'],
    [nested(50)],
  ])('JSON that somebody sent is read as JSON.parse reads it: %s', (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ['it is no JSON', '{"a":'],
    ['it is nested too deep', nested(51)],
    ['it is nested as deep as a megabyte allows', nested(500_000)],
    ['an object in it is nested too deep', `${'{"a":'.repeat(51)}1${'}'.repeat(51)}`],
    ['it has a member called __proto__', '{"a":[{"__proto__":{"isAdmin":true}}]}'],
  ])('JSON that somebody sent is refused where %s', (_, text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });
});
