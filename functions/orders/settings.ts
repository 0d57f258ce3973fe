import { z } from 'zod';
import { Duration } from '../../shared/settings/duration.ts';
import { serviceSettings } from '../../shared/settings/service-settings.ts';

/** What can be set of orders. */
export const orderSettings = serviceSettings({
  ORDER_STOCK_CHECK: z
    .enum(['lenient', 'strict'])
    .default('lenient')
    .describe('strict refuses an order at once that is known to be unfillable; lenient leaves it to the reservation'),
  ORDER_TIMEOUT: Duration.prefault('PT15M').describe('How long an order may stay pending before it is cancelled'),
});
