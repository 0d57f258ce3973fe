import { transition } from './transition.ts';

export const shipOrder = transition({
  name: 'ship-order',
  summary: 'Says that a confirmed order has left; its stock leaves with it',
  verb: 'ship',
  to: 'shipped',
});
