import { z } from 'zod';
import { ShopClosed, ShopDescription, ShopOpened, ShopUpdated } from '../../../shared/events/contracts/sales.ts';
import type { LocalDate } from '../../../shared/local-date.ts';
import { defineAggregate, reject, rejectContent } from '../../../shared/model/aggregate.ts';
import { firstTaxes, hasTax, type SaidTax, withTaxes } from './tax-rates.ts';

export const ShopStatus = z.enum(['open', 'closed']);

/** A shop: what its tills sell by. */
export const ShopState = ShopDescription.extend({ status: ShopStatus });
export type ShopState = z.infer<typeof ShopState>;

/** What a manager says of a shop. */
export interface SaidShop extends Omit<ShopDescription, 'taxRates' | 'differenceLimit'> {
  readonly taxRates: readonly SaidTax[];
  readonly differenceLimit?: number | undefined;
}

/** What a manager may change about it. Its id and its location stay: receipts and stock go by them. */
export type ShopChange = {
  readonly [Name in keyof Omit<SaidShop, 'shopId' | 'location' | 'differenceLimit'>]?: SaidShop[Name] | undefined;
} & {
  /** `null`: no difference has to be explained any more. */
  readonly differenceLimit?: number | null | undefined;
};

/** @throws Rejection unknown-tax when a line that names no tax would have none. */
export function setUp({ taxRates: said, differenceLimit, ...shop }: SaidShop) {
  const taxRates = firstTaxes(said);
  refuseUnknownTax({ ...shop, taxRates });
  return [ShopOpened({ ...shop, taxRates, ...limitOf(differenceLimit) })];
}

/**
 * Changes what is named, keeps what is not; naming what is there already changes nothing.
 *
 * @throws Rejection shop-closed; register-busy when a register with an open session would go; unknown-tax as `setUp`.
 */
export function revise(
  shop: ShopState,
  wish: ShopChange,
  { busy, today }: { readonly busy: readonly string[]; readonly today: LocalDate },
) {
  const { status, ...before } = shop;
  if (status === 'closed') throw reject('shop-closed', `the shop ${shop.shopId} is closed for good`);
  const { differenceLimit: limitBefore, ...kept } = before;
  const after: ShopDescription = {
    ...kept,
    name: wish.name ?? shop.name,
    timeZone: wish.timeZone ?? shop.timeZone,
    registers: wish.registers ?? shop.registers,
    taxRates: wish.taxRates === undefined ? shop.taxRates : withTaxes(shop.taxRates, wish.taxRates, today),
    defaultTax: wish.defaultTax ?? shop.defaultTax,
    cashRounding: wish.cashRounding ?? shop.cashRounding,
    ...limitOf(wish.differenceLimit === undefined ? limitBefore : wish.differenceLimit),
  };
  const gone = busy.filter((register) => !after.registers.includes(register));
  if (gone.length > 0)
    throw reject(
      'register-busy',
      `there is an open session at ${gone.join(', ')}: close it, then take the register away`,
    );
  refuseUnknownTax(after);
  return JSON.stringify(ShopDescription.parse(before)) === JSON.stringify(ShopDescription.parse(after))
    ? []
    : [ShopUpdated(after)];
}

/**
 * Closes a shop for good; one that is closed stays so.
 *
 * @throws Rejection session-open when a till of it is open.
 */
export function shutDown(
  { shopId, status }: ShopState,
  { busy, reasonCode }: { readonly busy: readonly string[]; readonly reasonCode: string | undefined },
) {
  if (status === 'closed') return [];
  if (busy.length > 0) throw reject('session-open', `there is an open session at ${busy.join(', ')}: close it first`);
  return [ShopClosed({ shopId, ...(reasonCode === undefined ? {} : { reasonCode }) })];
}

function refuseUnknownTax({ taxRates, defaultTax }: Pick<ShopDescription, 'taxRates' | 'defaultTax'>): void {
  if (!hasTax(taxRates, defaultTax))
    throw rejectContent('unknown-tax', `the default tax is ${defaultTax}, which is not among the tax rates`);
}

function limitOf(differenceLimit: number | null | undefined) {
  return differenceLimit === undefined || differenceLimit === null ? {} : { differenceLimit };
}

export const Shop = defineAggregate({
  kind: 'shop',
  state: ShopState,
  events: [ShopOpened, ShopUpdated, ShopClosed],
  begin: { [ShopOpened.type]: ({ data }): ShopState => ({ ...data, status: 'open' }) },
  evolve: {
    [ShopUpdated.type]: ({ status }, { data }) => ({ ...data, status }),
    [ShopClosed.type]: (shop): ShopState => ({ ...shop, status: 'closed' }),
  },
});

/**
 * A sale, the money of its session and the number of its receipt change together, and a refund sees the sale that it is of: so
 * a shop is one boundary, with its sessions and sales. Its tills do not contend, as each writes its own documents.
 */
export function shopBoundary(shopId: string): string {
  return `shop:${shopId}`;
}
