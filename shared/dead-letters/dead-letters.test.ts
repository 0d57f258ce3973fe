import { describe, expect, it } from 'vitest';
import { dayOfFailure } from './dead-letters.ts';

describe('the day under which a failure is kept', () => {
  const now = new Date('2026-11-23T08:00:00.000Z');

  it('is that of what failed, so that it is found again under the same id however late it is tried', () => {
    expect(dayOfFailure('2026-11-22T23:59:59.999Z', now)).toBe('2026-11-22');
  });

  it.each(['', '0', '22.11.2026'])('is today where its time is unknown: %j', (time) => {
    expect(dayOfFailure(time, now)).toBe('2026-11-23');
  });
});
