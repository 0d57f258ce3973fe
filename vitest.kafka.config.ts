import { onBus } from './tests/rigs/bus/on-bus.ts';

/** `npm run test:kafka`: the suites against Apache Kafka 4, over SASL_SSL. */
export default onBus('apache', { itsOwn: ['tests/apache-kafka/**/*.test.ts'], filesAtOnce: 1 });
