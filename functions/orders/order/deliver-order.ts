import { transition } from './transition.ts';

export const deliverOrder = transition({
  name: 'deliver-order',
  summary: 'Says that a shipped order has arrived',
  verb: 'deliver',
  to: 'delivered',
});
