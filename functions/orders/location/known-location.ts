import { z } from 'zod';
import { defineProjection } from '../../../shared/model/projection.ts';
import { rejectContent } from '../../../shared/model/rejection.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';

/** Where every product has stock, if only of none: it is known to all. */
export const mainLocation = 'main';

/** That there is, or has been, stock at a location, as far as inventory has told. */
export const KnownLocation = defineProjection({ kind: 'location', state: z.object({}) });

/** A tenant has few locations, and they hardly change. */
export const locationsBoundary = 'locations';

/**
 * Spares a customer an order that nothing could be reserved for: names of locations are told apart by case. It knows what
 * inventory has told, so the first goods at a new location are a moment ahead of it.
 *
 * @throws Rejection unknown-location
 */
export async function refuseUnknownLocation(reader: Reader, location: string): Promise<void> {
  if (location === mainLocation) return;
  const known = await reader.readRecent(KnownLocation, { boundary: locationsBoundary, id: location });
  if (known === undefined) throw rejectContent('unknown-location', `nothing has ever been in stock at ${location}`);
}
