import { describe, expect, it } from 'vitest';
import { Duration } from './duration.ts';

describe('a duration', () => {
  it.each([
    ['PT15M', 900_000],
    ['P7D', 604_800_000],
    ['P2W', 1_209_600_000],
    ['P1DT2H3M4.5S', 93_784_500],
    ['PT0S', 0],
  ])('the duration %s is %d ms', (text, milliseconds) => {
    expect(Duration.parse(text)).toBe(milliseconds);
  });

  it.each([
    '',
    'P',
    'PT',
    '15',
    '15M',
    'P1Y',
    'P1M',
    '-PT1M',
    'PT1M ',
    'PT1M1H',
  ])('the duration %j is refused with a valid example', (text) => {
    expect(Duration.safeParse(text).error?.issues[0]?.message).toContain('PT15M');
  });
});
