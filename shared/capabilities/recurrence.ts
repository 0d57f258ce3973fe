import { instantOf, LocalTime, localDateOf, plusDays, TimeZone } from '../local-date.ts';
import { Duration } from '../settings/duration.ts';

/** Again and again: after so long (ISO 8601, at least a second), or every day when the clocks of a time zone show a time. */
export type Recurrence = { readonly every: string } | { readonly daily: LocalTime; readonly zone: TimeZone };

const Every = Duration.refine((every) => every >= 1_000, { error: 'is too often: take PT1S or longer' });

/** The text of a recurrence, by which one is told from another. @throws ZodError for what is none. */
export function recurrenceText(recurrence: Recurrence): string {
  if ('every' in recurrence) {
    Every.parse(recurrence.every);
    return `every ${recurrence.every}`;
  }
  return `daily at ${LocalTime.parse(recurrence.daily)} in ${TimeZone.parse(recurrence.zone)}`;
}

/**
 * The first tick after `now`, and after `last`, should the clock have been put back, in ISO 8601 UTC. However many ticks have
 * passed since `last`, they are one; those of a duration keep their distance from it, and begin a duration after `now` where there
 * was none.
 *
 * A local time that is skipped when summer begins is the first instant after what is skipped, and one that comes twice when it ends
 * is the first of the two: so there is one tick a day.
 */
export function nextTick(
  recurrence: Recurrence,
  { now, last }: { readonly now: Date; readonly last?: string },
): string {
  if ('every' in recurrence) {
    const every = Every.parse(recurrence.every);
    const from = last === undefined ? now.getTime() : Date.parse(last);
    const passed = Math.max(0, Math.floor((now.getTime() - from) / every));
    return new Date(from + (passed + 1) * every).toISOString();
  }
  const { daily, zone } = recurrence;
  const after = [now.toISOString(), last ?? ''].toSorted().at(-1) ?? '';
  for (let day = localDateOf(after, zone); ; day = plusDays(day, 1)) {
    const tick = instantOf(day, daily, zone);
    if (tick > after) return tick;
  }
}
