import { z } from 'zod';
import { command } from '../../shared/capabilities/command.ts';
import { Location, nameable, Quantity } from '../../shared/events/contracts/identifiers.ts';
import { rejectAbsent } from '../../shared/model/rejection.ts';
import type { Reader } from '../../shared/persistence/reading/reader.ts';
import { text } from '../../shared/text.ts';
import { ItemPath } from './item-path.ts';
import { locationBoundary, mainLocation } from './location.ts';
import { begin, change, Stock } from './stock.ts';
import { StockView, viewOf } from './stock-view.ts';

const ReceiveStock = z
  .strictObject({
    quantity: Quantity,
    location: nameable(Location).default(mainLocation),
    reason: text(200).default('received'),
  })
  .meta({ id: 'ReceiveStock', example: { quantity: 20 } });

export const receiveStock = command({
  name: 'receive-stock',
  summary: 'Adds goods that have arrived',
  method: 'POST',
  route: 'inventory/{itemId}/receive',
  roles: ['warehouse'],
  params: ItemPath,
  body: ReceiveStock,
  of: Stock,
  at: ({ params: { itemId }, body }) => ({ boundary: locationBoundary(body.location), id: itemId }),
  async begin({ params: { itemId }, body: { quantity, location, reason }, reader }) {
    await refuseUnknown(reader, itemId);
    return begin({ itemId, location, onHand: quantity, reason });
  },
  decide: (stock, { body: { quantity, reason } }) => change(stock, { onHand: quantity, reason }),
  view: [StockView, viewOf],
  problems: ['insufficient-stock'],
});

/** Every product has stock at the main location, if only of zero: an item without is none of ours. */
async function refuseUnknown(reader: Reader, itemId: string): Promise<void> {
  const atMain = await reader.read(Stock, { boundary: locationBoundary(mainLocation), id: itemId });
  if (atMain === undefined) throw rejectAbsent(`there is no item ${itemId}`);
}
