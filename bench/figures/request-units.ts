import path from 'node:path';
import type { Charge } from '../apps/metered/charges.ts';
import type { Figure, Measurement } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { rush } from '../shop/rush.ts';
import { openShop, type Shop } from '../shop/shop.ts';
import { type Typical, typical } from '../typical.ts';

const meteredApp = path.resolve(import.meta.dirname, '../apps/metered');
const turnsEach = 3;

/** Kinds below this are told together. */
const leastShown = 0.5;

/**
 * Request units of one confirmed order at full load, as the Cosmos server charges them (its prices follow the published
 * ones), by container, operation and kind of document. All that the app asks for counts until nothing is under way any
 * more: notifications, lists, the removal of outbox documents, the sweep. What Strong consistency costs in reads is in all of
 * these, and told apart.
 */
export const requestUnitsFigure: Figure = {
  key: 'd',
  title: 'request units per confirmed order',
  async measure({ windowMs }) {
    await using shop = await openShop({ env: { APP_DIR: meteredApp } });
    const turns = await inTurns(() => chargedPerOrder(shop, windowMs / 2), { warmUps: 1, atLeast: turnsEach });
    const over = (units: (charge: Charge) => number, isCounted: (charge: Charge) => boolean = () => true): Typical =>
      typical(turns.map((charges) => charges.filter(isCounted).reduce((sum, charge) => sum + units(charge), 0)));
    const allUnits = ({ units }: Charge) => units;

    const parts = [...new Set(turns.flatMap((charges) => charges.map(nameOf)))]
      .map((what) => ({ what, ...over(allUnits, (charge) => nameOf(charge) === what) }))
      .sort((a, b) => b.value - a.value);
    const shown = parts.filter(({ value }) => value >= leastShown);
    const isShown = (charge: Charge) => shown.some(({ what }) => what === nameOf(charge));
    return [
      {
        what: 'request units per confirmed order',
        ...over(allUnits),
        unit: 'RU',
        target: { bound: 'at most', value: 110 },
      },
      { what: 'of which Strong consistency, in reads', ...over(({ unitsOfStrong }) => unitsOfStrong), unit: 'RU' },
      ...shown.map((part): Measurement => ({ ...part, unit: 'RU' })),
      { what: 'everything else', ...over(allUnits, (charge) => !isShown(charge)), unit: 'RU' },
    ];
  },
};

const nameOf = ({ container, operation, kind }: Charge) => `${container}: ${operation} ${kind}`;

/** What a rush of orders is charged, divided by those that are confirmed. */
async function chargedPerOrder(shop: Shop, windowMs: number): Promise<readonly Charge[]> {
  const before = new Map((await chargesOf(shop)).map((charge) => [nameOf(charge), charge]));
  const { confirmed } = await rush(shop, windowMs);
  await shop.stack.settled();
  return (await chargesOf(shop)).map((charge) => {
    const then = before.get(nameOf(charge));
    return {
      ...charge,
      units: (charge.units - (then?.units ?? 0)) / confirmed.length,
      unitsOfStrong: (charge.unitsOfStrong - (then?.unitsOfStrong ?? 0)) / confirmed.length,
    };
  });
}

async function chargesOf({ stack }: Shop): Promise<readonly Charge[]> {
  const response = await fetch(new URL('/charges', stack.url));
  return (await response.json()) as readonly Charge[];
}
