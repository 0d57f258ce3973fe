import { type BusTrouble, busTroubleOf } from '../bus/kafka/bus-trouble.ts';
import type { Transport } from '../bus/transport.ts';
import type { Dependency } from './dependency.ts';

const silent = 'the bus does not answer';

/** What is wrong, as far as the world may know it: which settings to look at, and no address. */
const wrong: Readonly<Record<BusTrouble, string>> = {
  unreachable: silent,
  closed: silent,
  certificate: 'the certificate of the bus is refused (KAFKA_CA_FILE)',
  credentials: 'the bus refuses who we are (KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD)',
  rights: 'the bus does not let us do what we must',
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
