import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

const noZone = { error: 'is no time zone of the IANA database: write it as Europe/Berlin, or UTC' };

/** A time zone by its name in the IANA database, `Europe/Berlin`, as the database writes it. An offset is none: it knows no summer. */
export const TimeZone = z
  .string(noZone)
  .max(64, noZone)
  .refine(isTimeZone, { ...noZone, abort: true })
  .overwrite((name) => zoned(epoch, name).timeZoneId)
  .meta({ description: 'A time zone of the IANA database', examples: ['Europe/Berlin'] });
export type TimeZone = z.infer<typeof TimeZone>;

/** A day of the calendar, `2026-11-22`, in the time zone of the shop or location that it belongs to. It sorts as text. */
export const LocalDate = z.iso.date({ error: 'is no day of the calendar: write it as 2026-11-22' });
export type LocalDate = z.infer<typeof LocalDate>;

const noMonth = { error: 'is no month: write it as 2026-11' };

/** A month of the calendar, `2026-11`. */
export const LocalMonth = z
  .string(noMonth)
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, noMonth)
  .meta({ examples: ['2026-11'] });
export type LocalMonth = z.infer<typeof LocalMonth>;

const noTime = { error: 'is no time of day: write it as 06:30' };

/** A time of day on the clocks of a place, `06:30`. */
export const LocalTime = z
  .string(noTime)
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, noTime)
  .meta({ examples: ['06:30'] });
export type LocalTime = z.infer<typeof LocalTime>;

/**
 * The day that it is at an instant (ISO 8601) in a time zone.
 *
 * @throws RangeError when one of the two is none, or the day has a year of other than four digits.
 */
export function localDateOf(instant: string | Date, zone: TimeZone): LocalDate {
  const at = typeof instant === 'string' ? millisecondsOf(instant) : instant.getTime();
  return ofFourDigits(new Date(at + offsetAt(at, zone)).toISOString()).slice(0, 10);
}

/**
 * The instant at which a day begins in a time zone, in UTC with milliseconds: midnight, or where that is skipped, as in some
 * zones when summer begins, the first instant after it.
 *
 * @throws RangeError when one of the two is none, or the instant has a year of other than four digits.
 */
export function startOfDay(day: LocalDate, zone: TimeZone): string {
  return written(Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant());
}

/**
 * The instant at which the clocks of a time zone show a time of that day, in UTC with milliseconds. A time that is skipped, when
 * summer begins, is the first instant after what is skipped; one that comes twice, when summer ends, is the first of the two.
 *
 * @throws RangeError when one of the three is none, or the instant has a year of other than four digits.
 */
export function instantOf(day: LocalDate, time: LocalTime, zone: TimeZone): string {
  const shown = Temporal.PlainDate.from(day).toPlainDateTime(time);
  const first = shown.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (first.toPlainDateTime().equals(shown)) return written(first.toInstant());
  // What is skipped was never shown: its end is where the clocks were put forward.
  const forward = first.getTimeZoneTransition('next');
  if (forward === null) throw new RangeError(`${zone} skips ${shown} and has no transition there`);
  return written(forward.toInstant());
}

/** The day that is `days` after another, or before it. @throws RangeError when it is none, or has a year of other than four digits. */
export function plusDays(day: LocalDate, days: number): LocalDate {
  return writtenDay(Temporal.PlainDate.from(day).add({ days }));
}

/** How many days the second is after the first: less than none where it is before it. @throws RangeError when one is none. */
export function daysBetween(first: LocalDate, second: LocalDate): number {
  return Temporal.PlainDate.from(first).until(second, { largestUnit: 'day' }).days;
}

/** The month that a day is in. */
export function monthOf(day: LocalDate): LocalMonth {
  return day.slice(0, 7);
}

/** The first and the last day of a month. @throws RangeError when it is none. */
export function daysOfMonth(month: LocalMonth): { readonly first: LocalDate; readonly last: LocalDate } {
  const { daysInMonth } = Temporal.PlainYearMonth.from(month);
  return { first: `${month}-01`, last: `${month}-${daysInMonth}` };
}

/** Since 1970. Only what is written as `toISOString` does is left to `Date`: it takes a day that is none, and a time without its zone. */
function millisecondsOf(instant: string): number {
  const at = Date.parse(instant);
  const isPlain = !Number.isNaN(at) && new Date(at).toISOString() === instant;
  return isPlain ? at : Temporal.Instant.from(instant).epochMilliseconds;
}

/** A stretch of time, in milliseconds since 1970, in which nobody puts the clocks of a zone forward or back. */
interface Stretch {
  readonly from: number;
  readonly before: number;
  /** Of the clocks from UTC. */
  readonly offset: number;
}

/** The stretch of each zone that was asked for last: a day is asked for with each sale, and the database takes its time. */
const stretches = new Map<TimeZone, Stretch>();

function offsetAt(at: number, zone: TimeZone): number {
  const last = stretches.get(zone);
  if (last !== undefined && last.from <= at && at < last.before) return last.offset;
  const found = stretchFrom(at, zone);
  stretches.set(zone, found);
  return found.offset;
}

function stretchFrom(at: number, zone: TimeZone): Stretch {
  const shown = zoned(Temporal.Instant.fromEpochMilliseconds(at), zone);
  const before = shown.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
  return { from: at, before, offset: shown.offsetNanoseconds / 1_000_000 };
}

const epoch = Temporal.Instant.fromEpochMilliseconds(0);

/** Temporal takes an offset for a zone, too, and the zone of a whole time: no name begins with a sign or a digit. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    zoned(epoch, name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function zoned(instant: Temporal.Instant, zone: string): Temporal.ZonedDateTime {
  return instant.toZonedDateTimeISO(zone);
}

function written(instant: Temporal.Instant): string {
  return ofFourDigits(instant.toString({ smallestUnit: 'millisecond' }));
}

function writtenDay(day: Temporal.PlainDate): LocalDate {
  return ofFourDigits(day.toString());
}

/** Any other year is written with a sign, and does not sort as text. */
function ofFourDigits(text: string): string {
  if (/^[+-]/.test(text)) throw new RangeError(`${text} has a year of other than four digits`);
  return text;
}
