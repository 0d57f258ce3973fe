import { z } from 'zod';
import { Duration } from '../../shared/settings/duration.ts';
import { serviceSettings } from '../../shared/settings/service-settings.ts';

/** What can be set of orders. */
export const orderSettings = serviceSettings({
  ORDER_STOCK_CHECK: z
    .enum(['lenient', 'strict'])
    .default('lenient')
    .describe('strict refuses an order at once that is known to be unfillable; lenient leaves it to the reservation'),
  ORDERS_OPEN_MAX: z.coerce
    .number()
    .int()
    .min(0)
    .default(100)
    .describe(
      'Orders that a customer who orders for themselves may have open at once, from pending to shipped; 0 is no limit',
    ),
  ORDER_PIECES_MAX: z.coerce
    .number()
    .int()
    .min(0)
    .default(1_000)
    .describe('Pieces that all the open orders of such a customer may have together; 0 is no limit'),
  ORDER_HOLD: Duration.refine((hold) => hold > 0, { error: 'must be longer than PT0S; empty is no end' })
    .optional()
    .describe(
      'How long stock is held for a confirmed order that nobody ships, before it is cancelled; empty is no end',
    ),
  ORDER_TIMEOUT: Duration.prefault('PT15M').describe('How long an order may stay pending before it is cancelled'),
});
