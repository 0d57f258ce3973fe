import { z } from 'zod';
import { TaxRate } from '../../../shared/events/contracts/pos-transaction.ts';

/** A rate as people and HTTP write it: `19` or `5.5`; decodes to hundredths of a percent. */
export const Percent = z.codec(
  z
    .number()
    .min(0)
    .max(100)
    .refine((percent) => Math.round(percent * 100) / 100 === percent, { error: 'a rate has at most two decimals' })
    .meta({ multipleOf: 0.01 }),
  TaxRate,
  { decode: (percent) => Math.round(percent * 100) + 0, encode: (hundredths) => hundredths / 100 },
);
