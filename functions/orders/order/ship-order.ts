import { command } from '../../../shared/capabilities/command.ts';
import { moveTo } from './order.ts';
import { ofOrderInPath } from './order-path.ts';

export const shipOrder = command({
  name: 'ship-order',
  summary: 'Says that a confirmed order has left; its stock leaves with it',
  method: 'POST',
  route: 'orders/{id}/ship',
  roles: ['logistics'],
  ...ofOrderInPath,
  decide: (order) => moveTo(order, 'shipped'),
  problems: ['illegal-transition'],
});
