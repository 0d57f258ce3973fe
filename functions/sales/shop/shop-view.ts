import { z } from 'zod';
import { Location } from '../../../shared/events/contracts/identifiers.ts';
import { ShopId } from '../../../shared/events/contracts/pos-transaction.ts';
import { RegisterName, type TaxHistory, TaxName } from '../../../shared/events/contracts/sales.ts';
import { LocalDate, TimeZone } from '../../../shared/local-date.ts';
import { Money } from '../../../shared/money.ts';
import { Percent } from './percent.ts';
import { type ShopState, ShopStatus } from './shop.ts';
import { CashStep } from './shop-fields.ts';

const step = { percent: Percent, validFrom: LocalDate.optional().describe('The first day of it; absent: always') };

/** A shop as its readers see it. */
export const ShopView = z
  .object({
    id: ShopId,
    shopId: ShopId.describe('The same, as it was named when the shop was opened'),
    name: z.string(),
    status: ShopStatus,
    location: Location.describe('Where its goods are'),
    timeZone: TimeZone,
    registers: z.array(RegisterName),
    taxRates: z
      .array(z.object({ name: TaxName, ...step, earlier: z.array(z.object(step)).optional() }))
      .describe('The last rate of each tax that the shop has, and those before it, the newest first'),
    defaultTax: TaxName,
    cashRounding: CashStep,
    differenceLimit: Money.optional(),
    version: z.int().describe('Counts the changes; the `ETag`'),
  })
  .meta({
    id: 'Shop',
    example: {
      id: 'berlin',
      shopId: 'berlin',
      name: 'Berlin',
      status: 'open',
      location: 'berlin',
      timeZone: 'Europe/Berlin',
      registers: ['1', '2'],
      taxRates: [
        { name: 'standard', percent: 19 },
        { name: 'reduced', percent: 7 },
      ],
      defaultTax: 'standard',
      cashRounding: 0.05,
      differenceLimit: 5,
      version: 1,
    },
  });
export type ShopView = z.output<typeof ShopView>;

interface Shown {
  readonly state: ShopState;
  readonly version: number;
}

export function viewOf({ state: { shopId, taxRates, ...shop }, version }: Shown): ShopView {
  return { id: shopId, shopId, ...shop, taxRates: taxRates.flatMap(taxOf), version };
}

/** One that has ended is not shown. */
function taxOf({ name, history }: TaxHistory) {
  const [last, ...earlier] = history.toReversed().flatMap(({ rate, validFrom }) => {
    return rate === undefined ? [] : [{ percent: rate, ...(validFrom === undefined ? {} : { validFrom }) }];
  });
  if (last === undefined || history.at(-1)?.rate === undefined) return [];
  return [{ name, ...last, ...(earlier.length === 0 ? {} : { earlier }) }];
}
