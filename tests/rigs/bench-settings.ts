import { readSettings, type Settings } from '../../shared/settings/settings.ts';

/** Settings of a process that has no servers of its own, with those of these services. */
export function benchSettings(
  services: Parameters<typeof readSettings>[0] = [],
  environment: Readonly<Record<string, string>> = {},
): Settings {
  return readSettings(services, {
    KAFKA_BROKERS: 'none:9092',
    KAFKA_SECURITY_PROTOCOL: 'PLAINTEXT',
    COSMOS_ENDPOINT: 'http://127.0.0.1',
    COSMOS_KEY: 'none',
    SIGNING_KEYS_FILE: 'none',
    RATE_LIMIT: '0',
    TENANTS: '*',
    ...environment,
  });
}
