import { z } from 'zod';
import { nameable } from '../../../shared/events/contracts/identifiers.ts';
import { CashRounding, RegisterName, TaxName } from '../../../shared/events/contracts/sales.ts';
import { LocalDate, TimeZone } from '../../../shared/local-date.ts';
import { Money } from '../../../shared/money.ts';
import { line } from '../../../shared/text.ts';
import { Percent } from './percent.ts';

/** To what cash is rounded, as people write it; decodes to minor units. */
export const CashStep = z.codec(z.literal([0.01, 0.05, 0.1]), CashRounding, {
  decode: (step) => CashRounding.parse(Math.round(step * 100)),
  encode: (minor) => (minor === 1 ? 0.01 : minor === 5 ? 0.05 : 0.1),
});

const TaxRates = z
  .array(
    z.strictObject({
      name: TaxName,
      percent: Percent,
      validFrom: LocalDate.optional().describe('The first day of it, by the clocks of the shop'),
    }),
  )
  .min(1)
  .max(20)
  .refine((rates) => isEachOnce(rates.map(({ name, validFrom }) => `${name} ${validFrom}`)), {
    error: 'names a tax twice for the same day',
  });

/** What a manager says of a shop, when it is opened and when it changes. */
export const shopFields = {
  name: line(100),
  timeZone: TimeZone,
  registers: z.array(nameable(RegisterName)).min(1).max(50).refine(isEachOnce, { error: 'names a register twice' }),
  taxRates: TaxRates,
  defaultTax: TaxName.describe('The tax of lines that name none'),
  cashRounding: CashStep.describe('To what cash is rounded'),
  differenceLimit: Money.describe('A difference beyond it has to be explained when a till is closed'),
};

function isEachOnce(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}
