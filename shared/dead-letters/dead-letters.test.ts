import { describe, expect, it } from 'vitest';
import { dayOfFailure } from './dead-letters.ts';

describe('the day of a dead letter', () => {
  const now = new Date('2026-11-23T08:00:00.000Z');

  it('the day of a dead letter is that of its event, so that a repeated failure has the same id', () => {
    expect(dayOfFailure('2026-11-22T23:59:59.999Z', now)).toBe('2026-11-22');
  });

  it.each([
    '',
    '0',
    '22.11.2026',
  ])('the day of a dead letter is today if the time of its event is invalid: %j', (time) => {
    expect(dayOfFailure(time, now)).toBe('2026-11-23');
  });
});
