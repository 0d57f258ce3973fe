import { describe, expect, it } from 'vitest';
import { settlesWithin, withTimeout } from './timeout.ts';

const never = new Promise<string>(() => undefined);

describe('a time limit', () => {
  it('work that is over in time gives its answer, or what it failed of', async () => {
    expect(await withTimeout(Promise.resolve('answer'), 60_000)).toBe('answer');
    expect(await settlesWithin(Promise.resolve('answer'), 60_000)).toBe(true);
    await expect(withTimeout(Promise.reject(new Error('no')), 60_000)).rejects.toThrow('no');
    await expect(settlesWithin(Promise.reject(new Error('no')), 60_000)).rejects.toThrow('no');
  });

  it('work that is not over in time is not waited for', async () => {
    await expect(withTimeout(never, 1)).rejects.toThrow('no answer within 1 ms');
    expect(await settlesWithin(never, 1)).toBe(false);
  });
});
