import path from 'node:path';
import type { Charge } from '../apps/metered/charges.ts';
import {
  chargeMeasurements,
  requestMeasurements,
  requestsOf,
  totalOf,
  unitsOf,
} from '../charges/charge-measurements.ts';
import { chargesDuring } from '../charges/charges-during.ts';
import { isOfLaterServices } from '../charges/of-later-services.ts';
import type { Figure } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { type BusTraffic, type Traffic, watchTraffic } from '../shop/bus-traffic.ts';
import { placeEvenly } from '../shop/place-orders.ts';
import { rush } from '../shop/rush.ts';
import { openShop, type Shop } from '../shop/shop.ts';
import { typical } from '../typical.ts';

const meteredApp = path.resolve(import.meta.dirname, '../apps/metered');
const turnsEach = 3;

/** A pace at which hardly two orders are under way at once, so that what one takes is shared with few. */
const moderatePerSecond = 50;

/** What one confirmed order takes. */
interface Taken extends Traffic {
  readonly charges: readonly Charge[];
}

/**
 * Request units of one confirmed order at full load, as the Cosmos server charges them (its prices follow the published
 * ones), by container, operation and kind of document. All that the app asks for counts until nothing is under way any
 * more: notifications, lists, the removal of outbox documents, the sweep. What Strong consistency costs in reads is in all of
 * these, and told apart. Requests are counted at a moderate pace, where less is done together than at full load. What later services and
 * lists have added since the targets were set is told by itself. So are the events that an order puts on the bus, which is what Event Hubs
 * is paid by.
 */
export const requestUnitsFigure: Figure = {
  key: 'd',
  title: 'request units and events per confirmed order',
  async measure({ windowMs }) {
    await using shop = await openShop({ env: { APP_DIR: meteredApp } });
    await using traffic = await watchTraffic(shop.stack.kafka);
    const turns = await inTurns(() => takenByAnOrder(shop, traffic, windowMs / 2), { warmUps: 1, atLeast: turnsEach });
    const moderate = await inTurns(() => requestsOfAnOrder(shop, windowMs / 2), { atLeast: turnsEach });
    const charged = turns.map(({ charges }) => charges);
    const pace = `at ${moderatePerSecond} a second`;
    return [
      ...requestMeasurements(moderate, { what: `requests per order ${pace}`, target: { bound: 'at most', value: 5 } }),
      {
        what: `without what later services and lists add: requests per order ${pace}`,
        ...totalOf(moderate.map(withoutLater), requestsOf),
        unit: 'requests',
        target: { bound: 'at most', value: 5 },
      },
      ...chargeMeasurements(charged, {
        what: 'request units per confirmed order',
        target: { bound: 'at most', value: 110 },
      }),
      {
        what: 'without what later services and lists add: request units per confirmed order',
        ...totalOf(charged.map(withoutLater), unitsOf),
        unit: 'RU',
        target: { bound: 'at most', value: 60 },
      },
      { what: 'events on the bus per confirmed order', ...typical(turns.map(({ events }) => events)), unit: 'events' },
      { what: 'bytes of an event', ...typical(turns.map(({ bytes, events }) => bytes / events)), unit: 'bytes' },
    ];
  },
};

function withoutLater(charges: readonly Charge[]): readonly Charge[] {
  return charges.filter((charge) => !isOfLaterServices(charge));
}

function requestsOfAnOrder(shop: Shop, windowMs: number): Promise<readonly Charge[]> {
  return chargesDuring(shop.stack, async () => (await placeEvenly(shop, moderatePerSecond, windowMs)).length);
}

/** What a rush of orders is charged and sends, divided by those that are confirmed. */
async function takenByAnOrder(shop: Shop, traffic: BusTraffic, windowMs: number): Promise<Taken> {
  const sentBefore = traffic.soFar;
  let count = 0;
  const charges = await chargesDuring(shop.stack, async () => {
    const { confirmed } = await rush(shop, windowMs);
    count = confirmed.length;
    return count;
  });
  const sent = traffic.soFar;
  return {
    charges,
    events: (sent.events - sentBefore.events) / count,
    bytes: (sent.bytes - sentBefore.bytes) / count,
  };
}
