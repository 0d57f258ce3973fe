import { z } from 'zod';
import { command } from '../../../shared/capabilities/command.ts';
import { Quantity } from '../../../shared/events/contracts/identifiers.ts';
import { text } from '../../../shared/text.ts';
import { NamedLocation, ofStockNamed } from './item-path.ts';
import { refuseUnknownItem } from './known-item.ts';
import { begin, change } from './stock.ts';

const ReceiveStock = z
  .strictObject({
    quantity: Quantity,
    location: NamedLocation,
    reason: text(200).default('received'),
  })
  .meta({ id: 'ReceiveStock', example: { quantity: 20 } });

export const receiveStock = command({
  name: 'receive-stock',
  summary: 'Adds goods that have arrived',
  method: 'POST',
  route: 'inventory/{itemId}/receive',
  roles: ['warehouse'],
  body: ReceiveStock,
  ...ofStockNamed,
  async begin({ params: { itemId }, body: { quantity, location, reason }, reader }) {
    await refuseUnknownItem(reader, itemId);
    return begin({ itemId, location, onHand: quantity, reason });
  },
  decide: (stock, { body: { quantity, reason } }) => change(stock, { onHand: quantity, reason }),
  problems: ['insufficient-stock'],
});
