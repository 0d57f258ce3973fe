import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  daysBetween,
  daysOfMonth,
  instantOf,
  LocalDate,
  LocalMonth,
  LocalTime,
  localDateOf,
  monthOf,
  plusDays,
  startOfDay,
  TimeZone,
} from './local-date.ts';

/** Zones that change their clocks at midnight, by half an hour, or left out a day. */
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
];
const zone = fc.constantFrom(...zones);
const instant = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2049-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const day = instant.map((text) => text.slice(0, 10));
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((numbers) => numbers.map((number) => String(number).padStart(2, '0')).join(':'));

describe('what is no zone, month or time', () => {
  it.each([
    '2020-01-01T00:00+02:00',
    '2020-01-01T00:00[+01:00]',
    '2020-01-01T00:00[Europe/Berlin]',
    '+02:00',
    'Berlin',
  ])('a time zone is not written as %s', (text) => {
    expect(() => TimeZone.parse(text)).toThrow('write it as Europe/Berlin');
  });

  it.each([
    [TimeZone, 'write it as Europe/Berlin'],
    [LocalDate, 'write it as 2026-11-22'],
    [LocalMonth, 'write it as 2026-11'],
    [LocalTime, 'write it as 06:30'],
  ])('what is no text is refused with what to write: %#', (schema, message) => {
    for (const value of [undefined, null, 630]) expect(() => schema.parse(value)).toThrow(message);
  });

  it('no day or instant has a year of other than four digits: it would not sort as text', () => {
    expect(() => plusDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => plusDays('0000-01-01', -1)).toThrow(RangeError);
    expect(() => startOfDay('0000-01-01', 'Asia/Tokyo')).toThrow(RangeError);
    expect(() => instantOf('9999-12-31', '23:00', 'America/Los_Angeles')).toThrow(RangeError);
  });
});

describe('the day of an instant', () => {
  it.each([
    ['2026-11-22T22:59:59.999Z', 'Europe/Berlin', '2026-11-22'],
    ['2026-11-22T23:00:00.000Z', 'Europe/Berlin', '2026-11-23'],
    ['2026-07-22T22:00:00.000Z', 'Europe/Berlin', '2026-07-23'],
    ['2026-11-22T04:59:59.999Z', 'America/New_York', '2026-11-21'],
    ['2011-12-30T10:00:00.000Z', 'Pacific/Apia', '2011-12-31'],
  ])('at %s it is in %s the %s', (at, place, expected) => {
    expect(localDateOf(at, place)).toBe(expected);
    expect(localDateOf(new Date(at), place)).toBe(expected);
  });

  it('every instant is within the day that it is said to be on', () => {
    fc.assert(
      fc.property(instant, zone, (at, place) => {
        const today = localDateOf(at, place);
        expect(startOfDay(today, place) <= at && at < startOfDay(plusDays(today, 1), place)).toBe(true);
      }),
    );
  });

  it('what is no instant, or a year beyond four digits, is refused', () => {
    expect(() => localDateOf('yesterday', 'UTC')).toThrow(RangeError);
    expect(() => localDateOf(new Date(8.64e15), 'UTC')).toThrow('year of other than four digits');
  });
});

describe('the beginning of a day', () => {
  it.each([
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('%s begins in %s at %s, also where midnight or the whole day is skipped', (date, place, expected) => {
    expect(startOfDay(date, place)).toBe(expected);
  });
});

describe('the instant of a local time', () => {
  it.each([
    ['a time like any other', '2026-11-22', '06:30', 'Europe/Berlin', '2026-11-22T05:30:00.000Z'],
    ['a time that is skipped', '2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['the first time that is skipped', '2026-03-29', '02:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['the first time after what is skipped', '2026-03-29', '03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['a time that comes twice', '2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    [
      'a time of which half an hour comes twice',
      '2026-04-05',
      '01:45',
      'Australia/Lord_Howe',
      '2026-04-04T14:45:00.000Z',
    ],
    ['a time on a day that is skipped', '2011-12-30', '12:00', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('%s is one instant: %s %s in %s', (_, date, clock, place, expected) => {
    expect(instantOf(date, clock, place)).toBe(expected);
  });

  it('the instants of one time on following days follow each other', () => {
    fc.assert(
      fc.property(day, time, zone, (date, clock, place) => {
        const [today, tomorrow] = [instantOf(date, clock, place), instantOf(plusDays(date, 1), clock, place)];
        expect(today <= tomorrow).toBe(true);
        expect(today >= startOfDay(date, place)).toBe(true);
      }),
    );
  });
});

describe('days and months of the calendar', () => {
  it('a day is as far from another as it was put', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -4000, max: 4000 }), (date, days) => {
        expect(daysBetween(date, plusDays(date, days))).toBe(days);
      }),
    );
  });

  it('a day is one of the days of its month', () => {
    fc.assert(
      fc.property(day, (date) => {
        const { first, last } = daysOfMonth(monthOf(date));
        expect(first <= date && date <= last).toBe(true);
        expect(monthOf(plusDays(last, 1))).not.toBe(monthOf(last));
      }),
    );
  });

  it('February has the days of its year', () => {
    expect(['2026-02', '2028-02'].map((month) => daysOfMonth(month).last)).toEqual(['2026-02-28', '2028-02-29']);
  });
});

describe('what is written of dates', () => {
  it.each(['2026-02-30', '2026-2-3', '20261122', '2026-11-22T00:00:00Z', ''])('%j is refused as a day', (text) => {
    expect(LocalDate.safeParse(text).error?.issues[0]?.message).toContain('write it as 2026-11-22');
  });

  it.each(['2026-13', '2026-00', '2026-1', '2026-11-22'])('%j is refused as a month', (text) => {
    expect(LocalMonth.safeParse(text).error?.issues[0]?.message).toContain('write it as 2026-11');
  });

  it.each(['24:00', '6:30', '06:60', '06:30:00'])('%j is refused as a time of day', (text) => {
    expect(LocalTime.safeParse(text).error?.issues[0]?.message).toContain('write it as 06:30');
  });

  it.each([
    'Mars/Olympus',
    '+01:00',
    '-05:00',
    '',
    'Europe/',
    'x'.repeat(65),
  ])('%j is refused as a time zone', (text) => {
    expect(TimeZone.safeParse(text).success).toBe(false);
  });

  it('a time zone is kept as the database writes it', () => {
    expect(TimeZone.parse('europe/berlin')).toBe('Europe/Berlin');
  });
});
