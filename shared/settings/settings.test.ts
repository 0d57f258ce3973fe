import { describe, expect, it } from 'vitest';
import { createSigningKeys } from '../security/signing-keys.ts';
import { rememberedSeconds } from './retention.ts';
import { readKafkaSettings, readSettings, SettingsError } from './settings.ts';

const required = {
  KAFKA_BROKERS: 'one:9092, two:9092',
  KAFKA_SASL_PASSWORD: 'Endpoint=sb://one/',
  COSMOS_ENDPOINT: 'https://account.documents.azure.com',
  COSMOS_KEY: 'a2V5',
  SIGNING_KEYS_FILE: '/keys.json',
};

function complaintsAbout(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  try {
    readSettings([], environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.message.split('\n').slice(1);
    throw error;
  }
  return [];
}

describe('settings', () => {
  it('settings that are wrong are complained of without the stack, which leads nowhere', () => {
    const read = () => readSettings([], { ...required, TENANTS: ',' });
    expect(read).toThrow(
      expect.objectContaining({
        stack: expect.stringMatching(/^These settings are wrong or missing:\n {2}TENANTS: .*$/),
      }),
    );
  });
  it('settings have defaults, except for addresses and secrets', () => {
    expect(readSettings([], required)).toMatchObject({
      ENABLED_SERVICES: [],
      KAFKA_BROKERS: ['one:9092', 'two:9092'],
      KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
      REQUEST_TIMEOUT: 30_000,
    });
  });

  it('wrong or missing settings are all reported at once', () => {
    const complaints = complaintsAbout({
      KAFKA_BROKERS: ' , ',
      COSMOS_ENDPOINT: 'localhost',
      COSMOS_KEY: 'a2V5',
      TOPIC_PARTITIONS: 'many',
      REQUEST_TIMEOUT: '15 minutes',
    });
    expect(complaints).toHaveLength(5);
    expect(complaints).toEqual(
      expect.arrayContaining([
        '  KAFKA_BROKERS: name at least one host:port',
        expect.stringMatching(/^ {2}COSMOS_ENDPOINT: Invalid URL/),
        expect.stringMatching(/^ {2}SIGNING_KEYS_FILE: is missing, and so is SIGNING_KEYS/),
        expect.stringMatching(/^ {2}TOPIC_PARTITIONS: .*number/),
        expect.stringMatching(/^ {2}REQUEST_TIMEOUT: '15 minutes' is no ISO 8601 duration/),
      ]),
    );
  });

  it('an empty setting counts as missing, because a portal cannot omit one', () => {
    expect(complaintsAbout({ ...required, COSMOS_ENDPOINT: '' })).toEqual([
      '  COSMOS_ENDPOINT: is missing (URL of the Cosmos DB account)',
    ]);
  });

  it.each([
    ['deployment.environment.name=prod,team=a%2Cb', []],
    ['prod', [expect.stringMatching(/^ {2}OTEL_RESOURCE_ATTRIBUTES: is written /)]],
    ['team=a=b', [expect.stringMatching(/^ {2}OTEL_RESOURCE_ATTRIBUTES: is written /)]],
  ])('what the SDK of traces would pass over in silence is a complaint: OTEL_RESOURCE_ATTRIBUTES=%s', (text, told) => {
    expect(complaintsAbout({ ...required, OTEL_RESOURCE_ATTRIBUTES: text })).toEqual(told);
  });

  it('an identity takes the place of COSMOS_KEY over https only', () => {
    const { COSMOS_KEY: _, ...keyless } = required;
    expect(complaintsAbout(keyless)).toEqual([]);
    expect(complaintsAbout({ ...keyless, COSMOS_ENDPOINT: 'http://127.0.0.1:8081' })).toEqual([
      '  COSMOS_KEY: is missing (an identity takes its place only where COSMOS_ENDPOINT begins with https)',
    ]);
  });

  it('SIGNING_KEYS holds the key set itself, in place of the file, and no complaint repeats it', async () => {
    const { SIGNING_KEYS_FILE: _, ...fileless } = required;
    const text = await createSigningKeys();
    expect(readSettings([], { ...fileless, SIGNING_KEYS: text }).SIGNING_KEYS?.keys).toHaveLength(1);
    expect(complaintsAbout({ ...required, SIGNING_KEYS: text })).toEqual([
      '  SIGNING_KEYS: is set, and so is SIGNING_KEYS_FILE: take one of the two away',
    ]);
    const complaint =
      '  SIGNING_KEYS: is no JSON Web Key Set with private keys of P-256, such as npm start keeps in signing-keys.json';
    for (const wrong of [
      '@Microsoft.KeyVault(SecretUri=https://vault/secrets/keys)',
      '{"keys":[{"d":"private"}]}',
      'null',
    ])
      expect(complaintsAbout({ ...fileless, SIGNING_KEYS: wrong })).toContain(complaint);
  });

  it('EVENT_RETENTION must be shorter than the lifetime of inbox markers', () => {
    const remembered = `P${rememberedSeconds / 86_400}D`;
    expect(complaintsAbout({ ...required, EVENT_RETENTION: remembered })).toEqual([
      expect.stringContaining(`  EVENT_RETENTION: must be shorter than ${remembered}`),
    ]);
    expect(complaintsAbout({ ...required, EVENT_RETENTION: `PT${rememberedSeconds - 1}S` })).toEqual([]);
  });

  it('ENABLED_SERVICES is a list separated by commas', () => {
    expect(readSettings([], { ...required, ENABLED_SERVICES: 'orders, inventory,' }).ENABLED_SERVICES).toEqual([
      'orders',
      'inventory',
    ]);
  });

  it('a program beside Lagerhaus needs only the settings of the bus', () => {
    const { KAFKA_BROKERS } = required;
    expect(readKafkaSettings({ KAFKA_BROKERS })).toMatchObject({
      KAFKA_BROKERS: ['one:9092', 'two:9092'],
      KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
    });
    expect(() => readKafkaSettings({})).toThrow('KAFKA_BROKERS: is missing (Bootstrap brokers');
  });

  it('Event Hubs need settings for the namespace and the checkpoints, each by secret or by identity', () => {
    const eventHubs = { ...required, EVENT_TRIGGER: 'eventhubs' };
    expect(complaintsAbout(eventHubs)).toEqual([
      '  EVENT_HUBS: EVENT_TRIGGER is eventhubs: set it, or EVENT_HUBS__fullyQualifiedNamespace to use an identity',
      '  AzureWebJobsStorage: EVENT_TRIGGER is eventhubs: set it, or AzureWebJobsStorage__blobServiceUri to use an identity',
    ]);
    const secrets = { EVENT_HUBS: 'Endpoint=sb://one/', AzureWebJobsStorage: 'AccountName=one' };
    const identity = {
      EVENT_HUBS__fullyQualifiedNamespace: 'one.servicebus.windows.net',
      AzureWebJobsStorage__blobServiceUri: 'https://one.blob.core.windows.net',
    };
    expect([complaintsAbout({ ...eventHubs, ...secrets }), complaintsAbout({ ...eventHubs, ...identity })]).toEqual([
      [],
      [],
    ]);
  });

  it.each([
    'SASL_SSL',
    'SASL_PLAINTEXT',
  ])('%s needs a password for the Kafka trigger, and not for Event Hubs', (protocol) => {
    const withoutPassword = { ...required, KAFKA_SECURITY_PROTOCOL: protocol, KAFKA_SASL_PASSWORD: '' };
    expect(complaintsAbout(withoutPassword)).toEqual([
      expect.stringContaining(`  KAFKA_SASL_PASSWORD: is missing: with ${protocol} a password is asked for`),
    ]);
    const eventHubs = {
      EVENT_TRIGGER: 'eventhubs',
      EVENT_HUBS: 'Endpoint=sb://one/',
      AzureWebJobsStorage: 'AccountName=one',
    };
    expect(complaintsAbout({ ...withoutPassword, ...eventHubs })).toEqual([]);
  });

  it('OAUTHBEARER over Kafka needs a secret for the trigger', () => {
    const byIdentity = { ...required, KAFKA_SASL_PASSWORD: '', KAFKA_SASL_MECHANISM: 'OAUTHBEARER' };
    expect(complaintsAbout(byIdentity)).toEqual([
      expect.stringMatching(/^ {2}KAFKA_SASL_PASSWORD: is missing.*set EVENT_TRIGGER to eventhubs$/),
    ]);
    expect(complaintsAbout({ ...byIdentity, KAFKA_SASL_PASSWORD: 'Endpoint=sb://one/' })).toEqual([]);
  });

  it('a trusted issuer whose tokens would be of a tenant that TENANTS does not name is refused, with what to change', () => {
    const issuer = { name: 'corp', issuer: 'https://corp.test', audience: 'shop', roles: { values: {} } };
    const values = { one: 'main', two: 'acme' };
    const issuers = [
      { ...issuer, tenant: { claim: 'tid', values } },
      { ...issuer, name: 'other', issuer: 'https://other.test', tenant: 'acme' },
    ];
    const trusting = { ...required, TRUSTED_ISSUERS: JSON.stringify(issuers) };
    const complaint = (name: string) =>
      `  TRUSTED_ISSUERS: the issuer ${name} gives its tokens the tenant acme, which TENANTS does not name: add it there, or take another`;
    expect(complaintsAbout(trusting)).toEqual([complaint('corp'), complaint('other')]);
    expect(complaintsAbout({ ...trusting, TENANTS: 'main,acme' })).toEqual([]);
    expect(complaintsAbout({ ...trusting, TENANTS: '*' })).toEqual([]);
  });

  it('an error about settings never contains a secret', () => {
    const secret = 'hunter2';
    const all = complaintsAbout({ ...required, COSMOS_KEY: secret, COSMOS_ENDPOINT: 'no url' }).join('\n');
    expect(all).toContain('COSMOS_ENDPOINT');
    expect(all).not.toContain(secret);
  });
});
