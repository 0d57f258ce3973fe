import { parseTimeSpan } from '../time-span.ts';
import { type Occurrences, parseNcrontab } from './ncrontab.ts';

/**
 * Reads a timer's schedule: a TimeSpan (`00:00:30`: always that long after the last run), or an NCRONTAB expression.
 *
 * @throws RangeError saying what is wrong.
 */
export function parseSchedule(text: string): Occurrences {
  if (!text.includes(':')) return parseNcrontab(text);
  const interval = parseTimeSpan(text);
  if (interval === undefined || interval <= 0) throw new RangeError('it is no time span such as 00:05:00');
  return { next: (after) => new Date(after.getTime() + interval) };
}

/**
 * Whether the host keeps the status of a schedule: only where a minute or more lies between two runs
 * (https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer, useMonitor).
 */
export function hasStatus(schedule: Occurrences, now: Date): boolean {
  const first = schedule.next(now);
  const second = first === undefined ? undefined : schedule.next(first);
  return second === undefined || first === undefined || second.getTime() - first.getTime() >= 60_000;
}
