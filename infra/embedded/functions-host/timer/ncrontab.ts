import { Cron, type CronOptions } from 'croner';

/** When a timer is due after a moment; undefined when it never is again. */
export interface Occurrences {
  next(after: Date): Date | undefined;
}

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** What may be written in place of the numbers, from `least` on: three letters or more of each. */
  readonly names?: readonly string[];
}

const months = 'january february march april may june july august september october november december'.split(' ');
const days = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');

const fields: readonly Field[] = [
  { name: 'second', least: 0, most: 59 },
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, names: months },
  { name: 'day of the week', least: 0, most: 6, names: days },
];

/** What croner does otherwise unless it is told: `5/10` is from 5 to the end, and a day must meet both of its fields. */
const asNcrontab: CronOptions = { mode: '6-part', sloppyRanges: true, domAndDow: true, utcOffset: 0 };

/**
 * Reads an NCRONTAB expression: second, minute, hour, day, month, day of the week; without the second, at second 0. Lists,
 * ranges, steps and English names; a moment must meet every field, day and day of the week both. Times are UTC
 * (https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions,
 * https://github.com/atifaziz/NCrontab/wiki/Crontab-Expression).
 *
 * @throws RangeError saying which field is wrong, also for what croner has beyond NCRONTAB (`L`, `W`, `#`, `?`, Sunday as 7).
 */
export function parseNcrontab(expression: string): Occurrences {
  const written = expression.trim().split(/\s+/);
  if (written.length === 5) written.unshift('0');
  if (written.length !== fields.length) throw new RangeError(`it has ${written.length} fields instead of 5 or 6`);
  const pattern = fields.map((field, index) => checked(field, index, written[index] ?? ''));
  const cron = new Cron(pattern.join(' '), asNcrontab);
  return { next: (after) => cron.nextRun(after) ?? undefined };
}

/** The field in numbers, once croner has taken it alone: its own errors do not say which field they are about. */
function checked(field: Field, index: number, text: string): string {
  const numbers = inNumbers(field, text);
  try {
    if (!isNcrontab(field, numbers)) throw new RangeError('it is not of the form of NCRONTAB');
    new Cron(fields.map((_, other) => (other === index ? numbers : '*')).join(' '), asNcrontab);
    return numbers;
  } catch (cause) {
    throw new RangeError(`the ${field.name} "${text}" is not within ${field.least} and ${field.most}`, { cause });
  }
}

function isNcrontab({ most }: Field, numbers: string): boolean {
  const parts = numbers.split(',').map((part) => /^(?:\*|(\d+)(?:-(\d+))?)(?:\/\d+)?$/.exec(part));
  return parts.every((part) => part !== null && Number(part[1] ?? 0) <= most && Number(part[2] ?? 0) <= most);
}

/** Names become numbers. A step beyond the field is as good as the longest one, which croner takes. */
function inNumbers({ least, most, names = [] }: Field, text: string): string {
  return text
    .replace(/[a-z]{3,}/gi, (name) => {
      const index = names.findIndex((known) => known.startsWith(name.toLowerCase()));
      return index < 0 ? name : String(least + index);
    })
    .replace(/\/(\d+)/g, (_, step) => `/${Math.min(Number(step), most - least + 1)}`);
}
