import path from 'node:path';
import type { Charge } from '../apps/metered/charges.ts';
import type { Figure, Measurement } from '../figure.ts';
import { rush } from '../shop/rush.ts';
import { openShop } from '../shop/shop.ts';

const meteredApp = path.resolve(import.meta.dirname, '../apps/metered');

/** Kinds below this are told together. */
const leastShown = 0.5;

/**
 * Request units of one confirmed order at full load, as the Cosmos server charges them (its prices follow the published
 * ones), by container, operation and kind of document. All that the app asks for counts until nothing is under way any
 * more: notifications, lists, the removal of outbox documents, the sweep.
 */
export const requestUnitsFigure: Figure = {
  key: 'd',
  title: 'request units per confirmed order',
  async measure({ windowMs }) {
    await using shop = await openShop({ env: { APP_DIR: meteredApp } });
    const charges = async () => totals(await chargesOf(shop.stack.url));
    await rush(shop, windowMs / 2);
    await shop.stack.settled();
    const before = await charges();
    const { confirmed } = await rush(shop, windowMs);
    await shop.stack.settled();
    const after = await charges();

    const perOrder = [...after]
      .map(([what, units]) => ({ what, value: (units - (before.get(what) ?? 0)) / confirmed.length }))
      .sort((a, b) => b.value - a.value);
    const shown = perOrder.filter(({ value }) => value >= leastShown);
    const rest = perOrder.filter(({ value }) => value < leastShown);
    const sum = (parts: readonly { readonly value: number }[]) => parts.reduce((total, { value }) => total + value, 0);
    return [
      {
        what: 'request units per confirmed order',
        value: sum(perOrder),
        unit: 'RU',
        target: { bound: 'at most', value: 110 },
      },
      ...shown.map((part): Measurement => ({ ...part, unit: 'RU' })),
      { what: 'everything else', value: sum(rest), unit: 'RU' },
    ];
  },
};

async function chargesOf(url: string): Promise<readonly Charge[]> {
  const response = await fetch(new URL('/charges', url));
  return (await response.json()) as readonly Charge[];
}

function totals(charges: readonly Charge[]): ReadonlyMap<string, number> {
  return new Map(charges.map(({ container, operation, kind, units }) => [`${container}: ${operation} ${kind}`, units]));
}
