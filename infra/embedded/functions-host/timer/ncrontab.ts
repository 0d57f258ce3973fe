/** When a timer is due after a moment; undefined when it never is again. */
export interface Occurrences {
  next(after: Date): Date | undefined;
}

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const fields = {
  second: { name: 'second', least: 0, most: 59 },
  minute: { name: 'minute', least: 0, most: 59 },
  hour: { name: 'hour', least: 0, most: 23 },
  day: { name: 'day', least: 1, most: 31 },
  month: { name: 'month', least: 1, most: 12, names: months },
  weekday: { name: 'day of the week', least: 0, most: 6, names: days },
};

/** A schedule that no day of eight years meets (29 February on a given weekday comes at least so often) never occurs. */
const searchedDays = 8 * 366;

/**
 * Reads an NCRONTAB expression: second, minute, hour, day, month, day of the week; without the second, at second 0. Lists,
 * ranges, steps and English names; a moment must meet every field, day and day of the week both. Times are UTC
 * (https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions,
 * https://github.com/atifaziz/NCrontab/wiki/Crontab-Expression).
 *
 * @throws RangeError saying which field is wrong.
 */
export function parseNcrontab(expression: string): Occurrences {
  const written = expression.trim().split(/\s+/);
  if (written.length === 5) written.unshift('0');
  if (written.length !== 6) throw new RangeError(`it has ${written.length} fields instead of 5 or 6`);
  const [second = '', minute = '', hour = '', day = '', month = '', weekday = ''] = written;
  const times: Times = [valuesOf(fields.hour, hour), valuesOf(fields.minute, minute), valuesOf(fields.second, second)];
  const daysOfMonth = valuesOf(fields.day, day);
  const monthsOfYear = valuesOf(fields.month, month);
  const weekdays = valuesOf(fields.weekday, weekday);

  const isDue = (date: Date) =>
    monthsOfYear.includes(date.getUTCMonth() + 1) &&
    daysOfMonth.includes(date.getUTCDate()) &&
    weekdays.includes(date.getUTCDay());

  return {
    next(after) {
      const from = new Date(Math.floor(after.getTime() / 1000) * 1000 + 1000);
      const midnight = Date.UTC(from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate());
      for (let ahead = 0; ahead < searchedDays; ahead++) {
        const date = new Date(midnight + ahead * 86_400_000);
        const time = isDue(date) ? firstTime(times, ahead === 0 ? timeOf(from) : [0, 0, 0]) : undefined;
        if (time !== undefined) return new Date(date.getTime() + time * 1000);
      }
      return undefined;
    },
  };
}

type Times = readonly [hours: readonly number[], minutes: readonly number[], seconds: readonly number[]];
type Time = readonly [hour: number, minute: number, second: number];

function timeOf(moment: Date): Time {
  return [moment.getUTCHours(), moment.getUTCMinutes(), moment.getUTCSeconds()];
}

/** The first of the given times of a day that is not before `from`, in seconds since midnight. */
function firstTime([hours, minutes, seconds]: Times, from: Time): number | undefined {
  for (const hour of hours.filter((value) => value >= from[0])) {
    const inHour = hour === from[0];
    for (const minute of minutes.filter((value) => !inHour || value >= from[1])) {
      const inMinute = inHour && minute === from[1];
      const second = seconds.find((value) => !inMinute || value >= from[2]);
      if (second !== undefined) return (hour * 60 + minute) * 60 + second;
    }
  }
  return undefined;
}

/** In ascending order. */
function valuesOf(field: Field, text: string): number[] {
  const values = text.split(',').flatMap((part) => rangeOf(field, part));
  return [...new Set(values)].sort((a, b) => a - b);
}

/** `*`, `5`, `1-5`, and each of them with a step: `*` + `/10`, `5/10` (from 5 to the end), `1-5/2`. */
function rangeOf(field: Field, part: string): number[] {
  const [, from = '', to, stepText] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
  const step = Number(stepText ?? 1);
  const first = from === '*' ? field.least : numberOf(field, from);
  const last = to !== undefined ? numberOf(field, to) : from === '*' || stepText !== undefined ? field.most : first;
  if (first === undefined || last === undefined || first > last || step < 1) {
    throw new RangeError(`the ${field.name} "${part}" is not within ${field.least} and ${field.most}`);
  }
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
}

function numberOf({ least, most, names }: Field, text: string): number | undefined {
  const index = names?.findIndex((name) => text.toLowerCase().startsWith(name)) ?? -1;
  const value = index >= 0 ? index + least : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}
