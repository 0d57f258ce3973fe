import { describe, expect, it } from 'vitest';
import { StacklessError } from './stackless-error.ts';

describe('an error without a stack', () => {
  it('an error without a stack says what it is about, and nothing of where it comes from', () => {
    expect(new StacklessError('no room').stack).toBe('Error: no room');
  });

  it('an error after one without a stack says where it comes from', () => {
    const before = Error.stackTraceLimit;
    expect(new StacklessError('no room').message).toBe('no room');
    expect(Error.stackTraceLimit).toBe(before);
    expect(new Error('a bug').stack).toContain('stackless-error.test.ts');
  });
});
