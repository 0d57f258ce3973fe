import { z } from 'zod';
import { rejectContent } from '../../shared/model/rejection.ts';
import type { Reader } from '../../shared/persistence/reading/reader.ts';
import type { Settings } from '../../shared/settings/settings.ts';
import { tenantSales } from './tenant-sales.ts';

/** When something has happened, as a till says: whichever way it writes an instant, the same one is the same. */
export const SaidTime = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text).toISOString())
  .describe('When it has happened; left out, that is now');

const dayMs = 86_400_000;
/** No clock is exact. */
const aheadMs = 5 * 60_000;

/**
 * When it has happened: as the till says, else now.
 *
 * @throws Rejection invalid-time when that is longer ago than tills may be offline, or more than five minutes ahead.
 */
export async function timeOf(
  said: string | undefined,
  { now, reader, settings }: { readonly now: Date; readonly reader: Reader; readonly settings: Settings },
): Promise<string> {
  if (said === undefined) return now.toISOString();
  const { sales } = await tenantSales.of(reader, settings);
  const ahead = Date.parse(said) - now.getTime();
  if (ahead > aheadMs) throw rejectContent('invalid-time', `${said} is still to come: set the clock of the till`);
  if (-ahead > sales.offlineDays * dayMs)
    throw rejectContent('invalid-time', `${said} is longer ago than ${sales.offlineDays} days`);
  return said;
}
