import { z } from 'zod';
import { PageQuery } from './paging.ts';

const dayMs = 86_400_000;
/** Beyond the year 9999 instants do not sort as text. */
const lastMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
  error: 'is neither a day, such as 2026-11-22, nor an instant, such as 2026-11-22T10:00:00Z',
});

function startOf(moment: string): string {
  return new Date(moment).toISOString();
}

function endOf(moment: string): string {
  const isDay = !moment.includes('T');
  return new Date(Math.min(Date.parse(moment) + (isDay ? dayMs : 0), lastMs)).toISOString();
}

/**
 * The query of a list by time. A day is one in UTC and is in the period as a whole, also as its end; of two instants the first
 * is in it and the second is not. What is read are instants: from `from` on, before `to`.
 */
export const PeriodQuery = PageQuery.extend({
  from: Moment.transform(startOf).optional().describe('The first day (UTC), or the instant from which on'),
  to: Moment.transform(endOf).optional().describe('The last day (UTC), which is included, or the instant before which'),
}).refine(({ from, to }) => from === undefined || to === undefined || from < to, {
  path: ['from'],
  error: 'is not before to',
});
