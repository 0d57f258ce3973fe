import { describe, expect, it } from 'vitest';
import { parseNcrontab } from './ncrontab.ts';
import { hasStatus, parseSchedule } from './schedule.ts';

function occurrences(expression: string, after: string, count = 3): (string | undefined)[] {
  const schedule = parseNcrontab(expression);
  const found: (string | undefined)[] = [];
  let moment: Date | undefined = new Date(after);
  for (let each = 0; each < count && moment !== undefined; each++) {
    moment = schedule.next(moment);
    found.push(moment?.toISOString().replace('.000Z', ''));
  }
  return found;
}

describe('an NCRONTAB expression', () => {
  it('an NCRONTAB expression gives the next times after a time and without it', () => {
    expect(occurrences('*/20 * * * * *', '2026-11-23T10:00:00Z')).toEqual([
      '2026-11-23T10:00:20',
      '2026-11-23T10:00:40',
      '2026-11-23T10:01:00',
    ]);
    expect(occurrences('* * * * * *', '2026-11-23T10:00:00.999Z', 1)).toEqual(['2026-11-23T10:00:01']);
  });

  it('an NCRONTAB expression continues over the ends of days, months and years', () => {
    expect(occurrences('30 59 23 31 12 *', '2026-12-31T23:59:30Z', 1)).toEqual(['2027-12-31T23:59:30']);
    expect(occurrences('0 0 0 29 2 *', '2026-03-01T00:00:00Z', 2)).toEqual([
      '2028-02-29T00:00:00',
      '2032-02-29T00:00:00',
    ]);
    expect(occurrences('0 0 9 * * *', '2026-11-23T09:00:00Z', 1)).toEqual(['2026-11-24T09:00:00']);
  });

  it('an NCRONTAB expression may have lists, ranges, steps, names and five fields', () => {
    expect(occurrences('0 0 8-18/5,22 * * *', '2026-11-23T00:00:00Z', 5)).toEqual([
      '2026-11-23T08:00:00',
      '2026-11-23T13:00:00',
      '2026-11-23T18:00:00',
      '2026-11-23T22:00:00',
      '2026-11-24T08:00:00',
    ]);
    expect(occurrences('0 30 9 * Jan Mon-Fri', '2026-11-23T00:00:00Z', 1)).toEqual(['2027-01-01T09:30:00']);
    expect(occurrences('50/5 10 * * *', '2026-11-23T00:00:00Z')).toEqual([
      '2026-11-23T10:50:00',
      '2026-11-23T10:55:00',
      '2026-11-24T10:50:00',
    ]);
  });

  it('an NCRONTAB expression with a day and a day of the week needs both to match', () => {
    expect(occurrences('0 0 0 13 * Friday', '2026-03-14T00:00:00Z', 1)).toEqual(['2026-11-13T00:00:00']);
  });

  it('an NCRONTAB step beyond the end of its field matches only its first value', () => {
    expect(occurrences('0 */90 9 * * *', '2026-11-23T00:00:00Z', 2)).toEqual([
      '2026-11-23T09:00:00',
      '2026-11-24T09:00:00',
    ]);
  });

  it('an NCRONTAB expression may never match', () => {
    expect(occurrences('0 0 0 30 2 *', '2026-01-01T00:00:00Z', 1)).toEqual([undefined]);
  });

  it('an invalid NCRONTAB expression is refused and names the field', () => {
    expect(() => parseNcrontab('* * *')).toThrow('it has 3 fields instead of 5 or 6');
    expect(() => parseNcrontab('0 61 * * * *')).toThrow('the minute "61" is not within 0 and 59');
    expect(() => parseNcrontab('0 0 0 * * 5-1')).toThrow('the day of the week "5-1"');
    expect(() => parseNcrontab('*/0 * * * * *')).toThrow('the second "*/0"');
  });

  it.each([
    ['the last day of a month', '0 0 0 L * *', 'the day "L"'],
    ['the nearest working day', '0 0 0 15W * *', 'the day "15W"'],
    ['the n-th weekday of a month', '0 0 0 * * 5#2', 'the day of the week "5#2"'],
    ['a question mark', '0 0 0 ? * *', 'the day "?"'],
    ['Sunday as 7', '0 0 0 * * 7', 'the day of the week "7"'],
    ['a range over the end of the week', '0 0 0 * * Fri-Sun', 'the day of the week "Fri-Sun"'],
    ['a year', '0 0 0 1 1 * 2027', 'it has 7 fields'],
    ['a nickname', '@daily', 'it has 1 fields'],
  ])('an NCRONTAB expression with %s is refused, though other crons accept it', (_, expression, reason) => {
    expect(() => parseNcrontab(expression)).toThrow(reason);
  });
});

describe('a timer schedule', () => {
  it('a timer schedule may be a time span between runs', () => {
    const after = new Date('2026-11-23T10:00:00Z');
    expect(parseSchedule('01:30:00').next(after)).toEqual(new Date('2026-11-23T11:30:00Z'));
    expect(() => parseSchedule('00:00:00')).toThrow('it is no time span');
    expect(() => parseSchedule('1:75')).toThrow('it is no time span');
  });

  it('a timer schedule has a status if its runs are a minute or more apart', () => {
    const now = new Date('2026-11-23T10:00:00Z');
    expect(hasStatus(parseSchedule('0 * * * * *'), now)).toBe(true);
    expect(hasStatus(parseSchedule('*/30 * * * * *'), now)).toBe(false);
  });
});
