import { type BusTrouble, busTroubleOf } from '../bus/kafka/bus-trouble.ts';
import type { Transport } from '../bus/transport.ts';
import type { Dependency } from './dependency.ts';

const silent = 'bus unreachable';

/** What is wrong, as far as the world may know it: which settings to look at, and no address. */
const wrong: Readonly<Record<BusTrouble, string>> = {
  unreachable: silent,
  closed: silent,
  certificate: 'bus certificate not trusted (KAFKA_CA_FILE)',
  credentials: 'bus credentials refused (KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD)',
  rights: 'bus permissions missing',
  other: silent,
};

/** @throws whatever keeps the bus from answering. */
export async function busAnswers(transport: Transport): Promise<Dependency> {
  await transport.ping();
  return { status: 'ok', name: transport.name };
}

export function busTrouble({ name }: Transport): (error: unknown) => Dependency {
  return (error) => ({
    status: 'degraded',
    name,
    detail: `${wrong[busTroubleOf(error)]}: requests are served, and events wait in the outbox until it is back`,
  });
}
