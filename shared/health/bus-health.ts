import { type BusTrouble, busTroubleOf } from '../bus/kafka/bus-trouble.ts';
import type { Transport } from '../bus/transport.ts';
import type { Dispatcher } from '../publishing/dispatcher.ts';
import type { Dependency } from '../telemetry/service-health.ts';

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

/** A bus that answers may still not take what goes to some topic. @throws whatever keeps the bus from answering. */
export async function busAnswers(transport: Transport, dispatcher: Dispatcher): Promise<Dependency> {
  await transport.ping();
  const { name } = transport;
  const [first, ...others] = dispatcher.unwritable;
  if (first === undefined) return { status: 'ok', name };
  const topics = [first, ...others].map(({ topic }) => topic).join(', ');
  const reason = busTroubleOf(first.error) === 'rights' ? ` (${wrong.rights})` : '';
  return {
    status: 'degraded',
    name,
    detail: `cannot write to ${topics}${reason}: their events wait in the outbox, all others are sent`,
  };
}

export function busTrouble({ name }: Transport): (error: unknown) => Dependency {
  return (error) => ({
    status: 'degraded',
    name,
    detail: `${wrong[busTroubleOf(error)]}: requests are served, and events wait in the outbox until it is back`,
  });
}
