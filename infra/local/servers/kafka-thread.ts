import { type KafkaServerOptions, startKafkaServer } from '../kafka/server.ts';
import { runInThread } from './run-in-thread.ts';

export interface KafkaAddress {
  readonly port: number;
  readonly brokers: string;
}

await runInThread<KafkaServerOptions, KafkaAddress>(async (options, gate) => {
  const server = await startKafkaServer({ ...options, ...gate });
  return { address: { port: server.port, brokers: server.brokers }, close: () => server.close() };
});
