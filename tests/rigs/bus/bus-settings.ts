import type { StackFile } from '../../../infra/local/stack-file.ts';

type BusAddress = StackFile['kafka'];

/** As with Event Hubs: all are called so, and the password is a connection string. */
export const busUser = {
  name: '$ConnectionString',
  password: 'Endpoint=sb://local/;SharedAccessKeyName=k;SharedAccessKey=s',
};

/** A bus beside the stack, which speaks SASL_SSL with a certificate that clients can verify. */
export function busAddress(brokers: string, caFile: string): BusAddress {
  const { name: user, password } = busUser;
  return { isOutside: true, brokers, securityProtocol: 'SASL_SSL', saslMechanism: 'PLAIN', user, password, caFile };
}

/** How a program is told where the bus is. */
export function busSettings(bus: BusAddress): Readonly<Record<string, string>> {
  return {
    KAFKA_BROKERS: bus.brokers,
    KAFKA_SECURITY_PROTOCOL: bus.securityProtocol,
    KAFKA_SASL_MECHANISM: bus.saslMechanism,
    KAFKA_SASL_USERNAME: bus.user,
    KAFKA_SASL_PASSWORD: bus.password,
    ...(bus.caFile === undefined ? {} : { KAFKA_CA_FILE: bus.caFile }),
  };
}
