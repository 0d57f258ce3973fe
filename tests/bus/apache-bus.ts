import { startApacheKafka } from '../../infra/local/apache-kafka/apache-kafka.ts';
import { freePorts } from '../../infra/local/apache-kafka/free-ports.ts';
import { startBusFaults } from './bus-faults.ts';
import type { TestBus, TestBusOptions } from './test-bus.ts';

/** As with Event Hubs: all are called so, and the password is a connection string. */
const user = '$ConnectionString';
const password = 'Endpoint=sb://local/;SharedAccessKeyName=k;SharedAccessKey=s';

/** Apache Kafka over SASL_SSL, its certificate verified; where faults are asked for, behind a proxy that makes them. */
export async function startApacheBus({ folder, withFaults }: TestBusOptions): Promise<TestBus> {
  const [proxyPort] = withFaults ? await freePorts(1) : [];
  const behind = proxyPort === undefined ? {} : { proxyPort };
  const kafka = await startApacheKafka({ folder, users: { [user]: { password } }, ...behind });
  const faults = proxyPort === undefined ? undefined : await startBusFaults(kafka, proxyPort);

  return {
    settings: {
      KAFKA_BROKERS: proxyPort === undefined ? kafka.brokers : `127.0.0.1:${proxyPort}`,
      KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
      KAFKA_SASL_MECHANISM: 'PLAIN',
      KAFKA_SASL_USERNAME: user,
      KAFKA_SASL_PASSWORD: password,
      KAFKA_CA_FILE: kafka.certFile,
    },
    controlFor: (stack) => ({
      ...stack,
      ...faults?.controlFor(stack),
      kafka: { stop: () => kafka.stop(), start: () => kafka.start() },
    }),
    async [Symbol.asyncDispose]() {
      await faults?.[Symbol.asyncDispose]();
      await kafka.kill();
    },
  };
}
