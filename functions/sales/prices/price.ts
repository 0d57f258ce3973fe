import { z } from 'zod';
import { Sku } from '../../../shared/events/contracts/identifiers.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { MinorUnits } from '../../../shared/money.ts';

/** What an item costs at the tills, as far as the catalog has told, and what it cost until then: tills send sales late. */
export const SalesPrice = defineProjection({
  kind: 'sales-price',
  state: z.object({
    sku: Sku,
    price: MinorUnits,
    /** The price before this one, and until when it held. */
    before: z.object({ price: MinorUnits, until: z.iso.datetime() }).optional(),
    isSold: z.boolean(),
    /** The product and the sequence of its event that this comes from: an older one changes nothing. */
    subject: z.string(),
    sequence: z.int(),
  }),
});
export type SalesPrice = ReturnType<typeof SalesPrice.parse>;

/** What is known of an item changes alone. */
export function itemBoundary(sku: string): string {
  return `sku:${sku}`;
}

/** What it cost at an instant: what it costs now, or what it did before, where that held still. */
export function priceAt({ price, before }: Pick<SalesPrice, 'price' | 'before'>, instant: string): MinorUnits {
  return before !== undefined && instant < before.until ? before.price : price;
}

/** What the catalog has told of an item. */
interface Told {
  readonly sku: string;
  /** None, where it is not sold any more. */
  readonly price: MinorUnits | undefined;
  readonly subject: string;
  readonly sequence: number;
  readonly at: string;
}

/** What is known of an item from then on; nothing, where that was known already. */
export function priceAfter(known: SalesPrice | undefined, { price, at, ...told }: Told): SalesPrice | undefined {
  if (known !== undefined && known.subject === told.subject && known.sequence >= told.sequence) return undefined;
  const isSold = price !== undefined;
  if (known === undefined) return { ...told, price: price ?? 0, isSold };
  if (price === undefined || price === known.price) return { ...known, ...told, isSold };
  return { ...told, price, before: { price: known.price, until: at }, isSold };
}
