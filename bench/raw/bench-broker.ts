import path from 'node:path';
import { storedCertificate } from '../../infra/embedded/certificate/stored.ts';
import type { BusAddress, BusOptions } from '../../infra/local/servers/kafka-thread.ts';
import { ServerThread } from '../../infra/local/servers/server-thread.ts';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { startApacheBus } from '../../tests/rigs/bus/apache-bus.ts';
import { busAddress, busUser } from '../../tests/rigs/bus/bus-settings.ts';
import { running } from '../running.ts';

export interface BenchBroker extends AsyncDisposable {
  readonly kafka: StackFile['kafka'];
}

/** The embedded broker alone, in a thread of its own. */
export async function startBroker(folder: string): Promise<BenchBroker> {
  const failure = Promise.withResolvers<never>();
  // Whoever speaks to a broker that has broken fails by itself.
  failure.promise.catch(() => undefined);
  const { certFile, key, cert } = await storedCertificate(folder);
  const thread = new ServerThread<BusOptions, BusAddress>({
    server: 'kafka',
    module: new URL('../../infra/local/servers/kafka-thread.ts', import.meta.url),
    options: {
      dataDir: path.join(folder, 'kafka'),
      users: { [busUser.name]: busUser.password },
      tls: { key, cert },
    },
    keep: ({ port }) => ({ port }),
    onBroken: failure.reject,
  });
  const { brokers } = await thread.start();
  return { kafka: busAddress(brokers, certFile), ...running(() => thread.stop()) };
}

/** Apache Kafka alone, in a process of its own, with the memory and the compiler that make it fast. */
export async function startApacheBroker(folder: string) {
  const bus = await startApacheBus({ folder, withFaults: false, isForSpeed: true });
  return { bus, kafka: bus.address, ...running(async () => bus[Symbol.asyncDispose]()) };
}
