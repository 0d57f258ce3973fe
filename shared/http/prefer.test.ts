import { describe, expect, it } from 'vitest';
import { preferredWait } from './prefer.ts';

describe('the wait that a Prefer header asks for', () => {
  it.each([
    ['wait=10', 10],
    ['respond-async, wait=10', 10],
    ['Wait = 3', 3],
    ['wait="7"', 7],
    ['wait=5; foo=bar', 5],
    ['handling=lenient;wait=1, wait=4', 4],
    ['wait=0', 0],
    ['wait=1, wait=9', 1],
    ['wait=99999999999999999999', 86_400],
  ])('%s is %d seconds', (header, seconds) => {
    expect(preferredWait(header)).toBe(seconds);
  });

  it.each([
    null,
    '',
    'wait',
    'wait=',
    'wait=-1',
    'wait=1.5',
    'wait=soon',
    'await=5',
    'return=minimal',
    '"wait=5"',
  ])('what is none, as in %s, is not there (RFC 7240 has it ignored, never refused)', (header) => {
    expect(preferredWait(header)).toBeUndefined();
  });
});
