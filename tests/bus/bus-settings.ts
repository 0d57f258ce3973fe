/** As with Event Hubs: all are called so, and the password is a connection string. */
export const busUser = {
  name: '$ConnectionString',
  password: 'Endpoint=sb://local/;SharedAccessKeyName=k;SharedAccessKey=s',
};

/** How a stack is told to use a bus over SASL_SSL. */
export function busSettings(brokers: string, certFile: string): Readonly<Record<string, string>> {
  return {
    KAFKA_BROKERS: brokers,
    KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
    KAFKA_SASL_MECHANISM: 'PLAIN',
    KAFKA_SASL_USERNAME: busUser.name,
    KAFKA_SASL_PASSWORD: busUser.password,
    KAFKA_CA_FILE: certFile,
  };
}
