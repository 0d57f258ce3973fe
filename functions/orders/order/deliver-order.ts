import { command } from '../../../shared/capabilities/command.ts';
import { moveTo } from './order.ts';
import { ofOrderInPath } from './order-path.ts';

export const deliverOrder = command({
  name: 'deliver-order',
  summary: 'Says that a shipped order has arrived',
  method: 'POST',
  route: 'orders/{id}/deliver',
  roles: ['logistics'],
  ...ofOrderInPath,
  decide: (order) => moveTo(order, 'delivered'),
  problems: ['illegal-transition'],
});
