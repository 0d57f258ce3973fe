import { z } from 'zod';
import type { ListPage, Paging } from '../../../shared/capabilities/list-boundary.ts';
import { listBuckets } from '../../../shared/capabilities/list-buckets.ts';
import {
  DeadLetter,
  type DeadLetterState,
  DeadLetterStatus,
  deadLetterSeries,
} from '../../../shared/dead-letters/dead-letter.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';

/** Which dead letters; what is left out asks for nothing. */
export const DeadLetterFilter = z.strictObject({
  day: z.iso.date().optional().describe('The day of what the letter is about, in UTC'),
  subscriber: z.string().max(100).optional().describe('Who could not do it'),
  type: z.string().max(100).optional().describe('The type of the event'),
  status: DeadLetterStatus.optional(),
});
export type DeadLetterFilter = z.output<typeof DeadLetterFilter>;

/** A page of the dead letters that the filter takes, newest day first. */
export function deadLettersThat(
  reader: Reader,
  { day, ...where }: DeadLetterFilter,
  paging: Omit<Paging, 'where'>,
): Promise<ListPage<DeadLetterState>> {
  return listBuckets(reader, DeadLetter, { name: deadLetterSeries, within: day }, { ...paging, where });
}
