import { z } from 'zod';
import { serviceSettings } from '../../shared/settings/service-settings.ts';

/** No till may be away for longer, whatever is set. */
export const longestOfflineDays = 31;

/** What can be set of sales. */
export const salesSettings = serviceSettings({
  SALES_OFFLINE_DAYS: z.coerce
    .number()
    .int()
    .min(0)
    .max(longestOfflineDays)
    .default(7)
    .describe('How many days a till may be without the network: what it sends may have happened that long ago'),
});
