import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { StockUpdated } from '../../../shared/events/contracts/inventory.ts';
import { KnownLocation, locationsBoundary, mainLocation } from './known-location.ts';

/** Keeps the names of the locations that stock has been at. */
export const followLocations = subscriber({
  name: 'follow-locations',
  on: StockUpdated,
  once: 'by-document',
  projects: [KnownLocation],
  boundary: () => locationsBoundary,
  async handle({ data: { location } }, work) {
    if (location === mainLocation) return;
    const known = await work.load(KnownLocation, location);
    if (!known.exists) known.put({});
  },
});
