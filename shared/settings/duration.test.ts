import { describe, expect, it } from 'vitest';
import { Duration, durationText, durationWithin } from './duration.ts';

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

  it.each(['PT15M', 'P7D', 'P1DT2H3M4.5S', 'PT0S'])('the duration %s is written as it is read', (text) => {
    expect(durationText(Duration.parse(text))).toBe(text);
  });

  it('a duration within bounds stays as it is written, and is refused beyond them', () => {
    const shift = durationWithin({ least: 'PT1H', most: 'PT24H' });
    expect(['PT60M', 'P1D'].map((text) => shift.parse(text))).toEqual(['PT60M', 'P1D']);
    const messages = ['PT59M', 'PT25H', '1h'].map((text) => shift.safeParse(text).error?.issues[0]?.message);
    expect(messages).toEqual([
      'is not from PT1H to PT24H',
      'is not from PT1H to PT24H',
      expect.stringContaining('no ISO 8601 duration'),
    ]);
  });
});
