import { onBus } from './tests/rigs/bus/on-bus.ts';

/** `npm run test:event-hubs`: the suites against the embedded broker as Event Hubs is, with tokens that run out. */
export default onBus('event-hubs');
