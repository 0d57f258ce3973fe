import path from 'node:path';
import { storedCertificate } from '../../../infra/embedded/certificate/stored.ts';
import { type KafkaServer, startKafkaServer } from '../../../infra/embedded/kafka/server.ts';
import { busAddress, busUser } from './bus-settings.ts';
import type { BusChanges, TestBus, TestBusOptions } from './test-bus.ts';

/** The embedded broker, in the test's own process: for a stack it is one that somebody else runs. */
export async function startEmbeddedBus({ folder }: TestBusOptions): Promise<TestBus> {
  const { certFile, cert, key } = await storedCertificate(folder);
  const options = {
    dataDir: path.join(folder, 'kafka'),
    users: { [busUser.name]: busUser.password },
    tls: { cert, key },
  };
  let server: KafkaServer | undefined = await startKafkaServer(options);
  const { port, brokers } = server;
  const stop = async () => {
    const stopping = server;
    server = undefined;
    await stopping?.close();
  };
  const start = async ({ password = busUser.password, certificate = options.tls }: BusChanges = {}) => {
    server = await startKafkaServer({ ...options, port, users: { [busUser.name]: password }, tls: certificate });
  };
  return {
    address: busAddress(brokers, certFile),
    server: { stop, start },
    async restart(changes) {
      await stop();
      await start(changes);
    },
    controlFor: (stack) => ({
      ...stack,
      kafka: { stop, start },
      fault: (rule) => (rule.server === 'kafka' ? unsupported() : stack.fault(rule)),
    }),
    [Symbol.asyncDispose]: stop,
  };
}

function unsupported(): never {
  throw new Error(
    'faults at the requests of a bus beside the stack are not made here: use a stack that brings its own',
  );
}
