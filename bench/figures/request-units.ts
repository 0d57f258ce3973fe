import path from 'node:path';
import type { Charge } from '../apps/metered/charges.ts';
import type { Figure, Measurement } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { type BusTraffic, type Traffic, watchTraffic } from '../shop/bus-traffic.ts';
import { rush } from '../shop/rush.ts';
import { openShop, type Shop } from '../shop/shop.ts';
import { type Typical, typical } from '../typical.ts';

const meteredApp = path.resolve(import.meta.dirname, '../apps/metered');
const turnsEach = 3;

/** What one confirmed order takes. */
interface Taken extends Traffic {
  readonly charges: readonly Charge[];
}

/** Kinds below this are told together. */
const leastShown = 0.5;

/**
 * Request units of one confirmed order at full load, as the Cosmos server charges them (its prices follow the published
 * ones), by container, operation and kind of document. All that the app asks for counts until nothing is under way any
 * more: notifications, lists, the removal of outbox documents, the sweep. What Strong consistency costs in reads is in all of
 * these, and told apart. So are the events that an order puts on the bus, which is what Event Hubs is paid by.
 */
export const requestUnitsFigure: Figure = {
  key: 'd',
  title: 'request units and events per confirmed order',
  async measure({ windowMs }) {
    await using shop = await openShop({ env: { APP_DIR: meteredApp } });
    await using traffic = await watchTraffic(shop.stack.kafka);
    const turns = await inTurns(() => takenByAnOrder(shop, traffic, windowMs / 2), { warmUps: 1, atLeast: turnsEach });
    const over = (units: (charge: Charge) => number, isCounted: (charge: Charge) => boolean = () => true): Typical =>
      typical(turns.map(({ charges }) => charges.filter(isCounted).reduce((sum, charge) => sum + units(charge), 0)));
    const allUnits = ({ units }: Charge) => units;

    const parts = [...new Set(turns.flatMap(({ charges }) => charges.map(nameOf)))]
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
      { what: 'events on the bus per confirmed order', ...typical(turns.map(({ events }) => events)), unit: 'events' },
      { what: 'bytes of an event', ...typical(turns.map(({ bytes, events }) => bytes / events)), unit: 'bytes' },
    ];
  },
};

const nameOf = ({ container, operation, kind }: Charge) => `${container}: ${operation} ${kind}`;

/** What a rush of orders is charged and sends, divided by those that are confirmed. */
async function takenByAnOrder(shop: Shop, traffic: BusTraffic, windowMs: number): Promise<Taken> {
  const before = new Map((await chargesOf(shop)).map((charge) => [nameOf(charge), charge]));
  const sentBefore = traffic.soFar;
  const { confirmed } = await rush(shop, windowMs);
  await shop.stack.settled();
  const sent = traffic.soFar;
  const charges = (await chargesOf(shop)).map((charge) => {
    const then = before.get(nameOf(charge));
    return {
      ...charge,
      units: (charge.units - (then?.units ?? 0)) / confirmed.length,
      unitsOfStrong: (charge.unitsOfStrong - (then?.unitsOfStrong ?? 0)) / confirmed.length,
    };
  });
  return {
    charges,
    events: (sent.events - sentBefore.events) / confirmed.length,
    bytes: (sent.bytes - sentBefore.bytes) / confirmed.length,
  };
}

async function chargesOf({ stack }: Shop): Promise<readonly Charge[]> {
  const response = await fetch(new URL('/charges', stack.url));
  return (await response.json()) as readonly Charge[];
}
