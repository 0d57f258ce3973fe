import { describe, expect, it } from 'vitest';
import { PeriodQuery } from './period-query.ts';

describe('a period', () => {
  it.each([
    ['2026-11-22', '2026-11-22', '2026-11-22T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['2026-11-22T10:00:00Z', '2026-11-22T10:00:00.5Z', '2026-11-22T10:00:00.000Z', '2026-11-22T10:00:00.500Z'],
    ['2026-11-22T00:00:00+02:00', '2026-11-22', '2026-11-21T22:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['2024-02-29', '9999-12-31', '2024-02-29T00:00:00.000Z', '9999-12-31T23:59:59.999Z'],
  ])('a period from %s to %s is from %s on and before %s', (from, to, first, end) => {
    expect(PeriodQuery.parse({ from, to })).toEqual({ limit: 50, from: first, to: end });
  });

  it('a period may be open at either end, or at both', () => {
    expect(PeriodQuery.parse({ from: '2026-11-22' })).toEqual({ limit: 50, from: '2026-11-22T00:00:00.000Z' });
    expect(PeriodQuery.parse({ to: '2026-11-22' })).toEqual({ limit: 50, to: '2026-11-23T00:00:00.000Z' });
    expect(PeriodQuery.parse({})).toEqual({ limit: 50 });
  });

  it.each([
    ['2026-11-23', '2026-11-22'],
    ['2026-11-22T10:00:00Z', '2026-11-22T10:00:00Z'],
    ['2026-11-22', '2026-11-22T00:00:00Z'],
  ])('a period from %s to %s is refused, since nothing is in it', (from, to) => {
    expect(PeriodQuery.safeParse({ from, to }).error?.issues).toMatchObject([
      { path: ['from'], message: 'is not before to' },
    ]);
  });

  it.each([
    'yesterday',
    '2026-02-30',
    '22.11.2026',
    '2026-11-22T10:00',
    '2026-11-22 10:00:00Z',
    '1764000000',
  ])('a period from %j is refused with what to write instead', (from) => {
    expect(PeriodQuery.safeParse({ from }).error?.issues).toMatchObject([
      { path: ['from'], message: expect.stringContaining('such as 2026-11-22') },
    ]);
  });
});
