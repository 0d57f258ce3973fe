import { z } from 'zod';
import { rejectContent } from '../../shared/model/rejection.ts';
import type { Settings } from '../../shared/settings/settings.ts';
import { salesSettings } from './settings.ts';

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
export function timeOf(
  said: string | undefined,
  { now, settings }: { readonly now: Date; readonly settings: Settings },
): string {
  if (said === undefined) return now.toISOString();
  const { SALES_OFFLINE_DAYS: days } = salesSettings.of(settings);
  const ahead = Date.parse(said) - now.getTime();
  if (ahead > aheadMs) throw rejectContent('invalid-time', `${said} is still to come: set the clock of the till`);
  if (-ahead > days * dayMs) throw rejectContent('invalid-time', `${said} is longer ago than ${days} days`);
  return said;
}
