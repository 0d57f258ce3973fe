import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { selfSigned } from '../../../../infra/embedded/certificate/self-signed.ts';
import type { KafkaServerOptions } from '../../../../infra/embedded/kafka/server.ts';
import { startServer, temporaryFolder } from '../../../../infra/embedded/kafka/testing/server-under-test.ts';
import { type BusTrouble, busTroubleOf, busUnusable } from '../../../../shared/bus/kafka/bus-trouble.ts';
import { connectKafka } from '../../../../shared/bus/kafka/kafka-connection.ts';
import { readKafkaSettings } from '../../../../shared/settings/settings.ts';

const good = await selfSigned(new Date());
const expired = await selfSigned(new Date('2010-01-01'));
const users = { ann: 'secret' };
const encrypted = { users, tls: good };
const plain = { KAFKA_SECURITY_PROTOCOL: 'SASL_PLAINTEXT' };

interface Case {
  readonly why: string;
  readonly server: Partial<KafkaServerOptions>;
  /** The certificate in KAFKA_CA_FILE. */
  readonly trusted?: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly trouble: BusTrouble;
  readonly says: RegExp;
}

const cases: readonly Case[] = [
  {
    why: 'a wrong password',
    server: { users },
    settings: { ...plain, KAFKA_SASL_PASSWORD: 'guess' },
    trouble: 'credentials',
    says: /refuses the user ann .*KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD and KAFKA_SASL_MECHANISM, now PLAIN\.$/,
  },
  {
    why: 'a SASL mechanism that the broker does not support',
    server: { users },
    settings: { ...plain, KAFKA_SASL_MECHANISM: 'SCRAM-SHA-256' },
    trouble: 'credentials',
    says: /does not support the requested SASL mechanism.*now SCRAM-SHA-256\.$/,
  },
  {
    why: 'a self-signed certificate that nobody has named',
    server: encrypted,
    trouble: 'certificate',
    says: /^The certificate of Kafka at .* is self-signed.*KAFKA_CA_FILE/,
  },
  {
    why: 'another certificate than the one that was named',
    server: encrypted,
    trusted: (await selfSigned(new Date())).cert,
    trouble: 'certificate',
    says: /^The certificate of Kafka at .*KAFKA_CA_FILE/,
  },
  {
    why: 'a certificate that has expired, though it is the one that was named',
    server: { users, tls: expired },
    trusted: expired.cert,
    trouble: 'certificate',
    says: /^The certificate of Kafka at .* has expired: renew it/,
  },
  {
    why: 'a TLS connection to a broker without TLS',
    server: { users },
    trouble: 'closed',
    says: /closes the connection .*KAFKA_SECURITY_PROTOCOL, now SASL_SSL/,
  },
  {
    why: 'a plaintext connection to a broker with TLS',
    server: encrypted,
    settings: plain,
    trouble: 'closed',
    says: /closes the connection .*KAFKA_SECURITY_PROTOCOL, now SASL_PLAINTEXT/,
  },
];

async function failure(
  { server, trusted, settings = {} }: Pick<Case, 'server' | 'trusted' | 'settings'>,
  brokers = '',
) {
  const environment = {
    KAFKA_BROKERS: brokers || (await startServer(server)).brokers,
    KAFKA_SASL_USERNAME: 'ann',
    KAFKA_SASL_PASSWORD: 'secret',
    ...(trusted === undefined ? {} : { KAFKA_CA_FILE: fileWith(trusted) }),
    ...settings,
  };
  const read = readKafkaSettings(environment);
  const admin = connectKafka(read, 'test').admin();
  const error: unknown = await admin.connect().catch((reason: unknown) => reason);
  await admin.disconnect();
  return { error, line: busUnusable(error, read).message };
}

function fileWith(text: string): string {
  const file = path.join(temporaryFolder(), 'ca.pem');
  writeFileSync(file, text);
  return file;
}

it.each(cases)('$why is reported in one line that says what to change', async ({ trouble, says, ...how }) => {
  const { error, line } = await failure(how);
  expect(busTroubleOf(error)).toBe(trouble);
  expect(line).toMatch(says);
  expect(line).not.toContain('\n');
});

it.each([
  '127.0.0.1:1',
  'nowhere.invalid:9092',
])('an unreachable broker at %s is reported with its address', async (brokers) => {
  const { error, line } = await failure({ server: {} }, brokers);
  expect(busTroubleOf(error)).toBe('unreachable');
  expect(line).toMatch(new RegExp(`^Kafka at ${brokers} does not answer .*set KAFKA_BROKERS to where it is\\.$`));
});

it('an expired certificate is accepted if verification is turned off', async () => {
  const { error } = await failure({ server: { users, tls: expired }, settings: { KAFKA_CERTIFICATE_CHECK: 'off' } });
  expect(error).toBeUndefined();
});

it('a missing KAFKA_CA_FILE is reported as an invalid setting', () => {
  const settings = readKafkaSettings({ KAFKA_BROKERS: 'one:9092', KAFKA_CA_FILE: '/no/such/file.pem' });
  expect(() => connectKafka(settings, 'test')).toThrow('KAFKA_CA_FILE cannot be read');
});
