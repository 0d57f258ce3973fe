import { describe, expect, it, vi } from 'vitest';
import { attempt } from './attempts.ts';

const never = new AbortController().signal;
const retrying = (maxRetries: number) => ({ maxRetries, delayMs: () => 0 });
const failing = (times: number) => {
  const run = vi.fn(async () => 'done');
  for (let time = 0; time < times; time++) run.mockRejectedValueOnce(new Error('failed'));
  return run;
};

describe('events of a failing function', () => {
  it('the events of a failing function are delivered to it until it succeeds', async () => {
    const run = failing(2);
    expect(await attempt(run, retrying(-1), never)).toBe('done');
    expect(run).toHaveBeenCalledTimes(3);
  });

  it('the events of a failing function are skipped after maxRetries', async () => {
    const run = failing(9);
    expect(await attempt(run, retrying(1), never)).toBe('skipped');
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('the events of a failing function stay unhandled if the consumer stops', async () => {
    const giveUp = new AbortController();
    const run = vi.fn(async () => {
      giveUp.abort();
      throw new Error('failed');
    });
    expect(await attempt(run, retrying(-1), giveUp.signal)).toBe('left');
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('the events of a function that succeeds count as handled even if the consumer stops meanwhile', async () => {
    expect(await attempt(failing(0), retrying(0), AbortSignal.abort())).toBe('done');
  });
});
