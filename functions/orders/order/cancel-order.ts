import { z } from 'zod';
import { command } from '../../../shared/capabilities/command.ts';
import { text } from '../../../shared/text.ts';
import { refuseForeign } from './access.ts';
import { cancel } from './order.ts';
import { ofOrderInPath } from './order-path.ts';

const CancelOrder = z
  .strictObject({ reason: text(500).optional().describe('In your own words; no event tells them') })
  .meta({ id: 'CancelOrder', example: { reason: 'changed my mind' } });

export const cancelOrder = command({
  name: 'cancel-order',
  summary: 'Cancels an order that is not shipped; cancelling it again changes nothing',
  method: 'POST',
  route: 'orders/{id}/cancel',
  roles: ['customer', 'sales'],
  forOthers: ['sales'],
  body: CancelOrder,
  ...ofOrderInPath,
  allow: refuseForeign,
  decide(order, { body: { reason }, isForOneself }, beside) {
    const events = cancel(order, isForOneself ? 'by-customer' : 'by-staff');
    return reason === undefined ? events : { events, beside: { ...beside, reason } };
  },
  problems: ['illegal-transition'],
});
