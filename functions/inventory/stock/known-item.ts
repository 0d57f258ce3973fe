import { rejectAbsent } from '../../../shared/model/rejection.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import { locationBoundary, mainLocation } from '../location.ts';
import { Stock } from './stock.ts';

/** Every product has stock at the main location, if only of zero: an item without is none of ours. @throws Rejection (404) */
export async function refuseUnknownItem(reader: Reader, itemId: string): Promise<void> {
  const atMain = await reader.read(Stock, { boundary: locationBoundary(mainLocation), id: itemId });
  if (atMain === undefined) throw rejectAbsent(`there is no item ${itemId}`);
}
