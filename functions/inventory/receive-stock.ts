import { z } from 'zod';
import { endpoint } from '../../shared/capabilities/endpoint.ts';
import { Location, Quantity } from '../../shared/events/contracts/identifiers.ts';
import { ok } from '../../shared/http/answer.ts';
import { rejectAbsent } from '../../shared/model/rejection.ts';
import type { Reader } from '../../shared/persistence/reading/reader.ts';
import { ItemPath } from './item-path.ts';
import { locationBoundary, mainLocation } from './location.ts';
import { begin, change, Stock } from './stock.ts';
import { StockView, viewOf } from './stock-view.ts';

const ReceiveStock = z
  .strictObject({
    quantity: Quantity,
    location: Location.default(mainLocation),
    reason: z.string().min(1).max(200).default('received'),
  })
  .meta({ id: 'ReceiveStock', example: { quantity: 20 } });

export const receiveStock = endpoint({
  name: 'receive-stock',
  summary: 'Adds goods that have arrived',
  method: 'POST',
  route: 'inventory/{itemId}/receive',
  roles: ['warehouse'],
  params: ItemPath,
  body: ReceiveStock,
  answers: { 200: StockView },
  headers: ['etag'],
  problems: ['insufficient-stock', 'precondition-failed'],
  async handle({ params: { itemId }, body: { quantity, location, reason }, unitOfWork, reader, ifMatch }) {
    const stock = await unitOfWork(locationBoundary(location)).load(Stock, itemId);
    if (!stock.exists) await refuseUnknown(reader, itemId);
    ifMatch(stock.version);
    const received = { itemId, location, onHand: quantity, reason };
    stock.record(stock.current === undefined ? begin(received) : change(stock.current, received));
    return ok(viewOf(stock), stock.version);
  },
});

/** Every product has stock at the main location, if only of zero: an item without is none of ours. */
async function refuseUnknown(reader: Reader, itemId: string): Promise<void> {
  const atMain = await reader.read(Stock, { boundary: locationBoundary(mainLocation), id: itemId });
  if (atMain === undefined) throw rejectAbsent(`there is no item ${itemId}`);
}
