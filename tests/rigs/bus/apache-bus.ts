import { startApacheKafka } from '../../../infra/local/apache-kafka/apache-kafka.ts';
import { freePorts } from '../../../infra/local/apache-kafka/free-ports.ts';
import { startBusFaults } from './bus-faults.ts';
import { busAddress, busUser } from './bus-settings.ts';
import type { TestBus, TestBusOptions } from './test-bus.ts';

const usersWith = (password: string) => ({ [busUser.name]: { password } });

/** Apache Kafka in a process of its own; where faults are asked for, behind a proxy that makes them. */
export async function startApacheBus({
  folder,
  withFaults,
  brokers = 1,
  isForSpeed = false,
}: TestBusOptions): Promise<TestBus> {
  const [proxyPort] = withFaults ? await freePorts(1) : [];
  const proxy = proxyPort === undefined ? {} : { proxyPort };
  const kafka = await startApacheKafka({
    folder,
    users: usersWith(busUser.password),
    nodes: brokers,
    isForSpeed,
    ...proxy,
  });
  const faults = await startBusFaults(kafka, proxyPort);
  const server = { stop: () => kafka.stop(), start: () => kafka.start() };
  return {
    address: busAddress(proxyPort === undefined ? kafka.brokers : `127.0.0.1:${proxyPort}`, kafka.certFile),
    server,
    async restart({ password = busUser.password, certificate }) {
      await kafka.kill();
      await kafka.start({ users: usersWith(password), ...(certificate === undefined ? {} : { certificate }) });
    },
    async loseLeaders() {
      const [, second] = kafka.nodes;
      if (second === undefined) throw new Error('a bus of one broker cannot lose its leaders alone: start it with two');
      await second.kill();
      return { comeBack: () => second.start() };
    },
    controlFor: (stack) => ({ ...stack, ...faults.controlFor(stack), kafka: server }),
    async [Symbol.asyncDispose]() {
      await faults.close();
      await kafka.kill();
    },
  };
}
