import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selfSigned } from '../../infra/embedded/certificate/self-signed.ts';
import { busSettings } from '../rigs/bus/bus-settings.ts';
import { startBus } from '../rigs/bus/start-bus.ts';
import type { TestBus } from '../rigs/bus/test-bus.ts';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { spawnStart } from '../rigs/stack/spawn-start.ts';
import { startStack } from '../rigs/stack/start-stack.ts';

interface Health {
  readonly status: string;
  readonly dependencies: { readonly bus: { readonly status: string; readonly name: string; readonly detail?: string } };
}

let folder: string;
let bus: TestBus;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'outside-'));
  bus = await startBus({ folder: path.join(folder, 'bus'), withFaults: false });
});
afterAll(async () => {
  await bus[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

describe('starting with KAFKA_BROKERS', () => {
  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['where nobody answers', { KAFKA_BROKERS: '127.0.0.1:1' }, /Kafka at 127\.0\.0\.1:1 does not answer/],
    [
      'with a wrong password',
      { KAFKA_SASL_PASSWORD: 'guess' },
      /refuses the user \$ConnectionString .*KAFKA_SASL_PASSWORD/,
    ],
    ['with a certificate that nobody vouches for', { KAFKA_CA_FILE: '' }, /certificate of Kafka at .* KAFKA_CA_FILE/],
    ['without the file of its authority', { KAFKA_CA_FILE: '/no/ca.pem' }, /KAFKA_CA_FILE cannot be read/],
  ])('a start on a Kafka bus %s fails with one line that says what to change', async (_, settings, line) => {
    const { output, ended } = spawnStart({
      DATA_DIR: path.join(folder, 'data'),
      ...busSettings(bus.address),
      ...settings,
    });
    expect(await ended).toBe(1);
    const [head, told, ...more] = output.text.trimEnd().split('\n');
    expect([head, told, more]).toEqual(['Topics and containers could not be made:', expect.stringMatching(line), []]);
  });

  it('a start with wrong Kafka settings names them', async () => {
    const settings = { KAFKA_SECURITY_PROTOCOL: 'TLS', KAFKA_SASL_MECHANISM: 'KERBEROS' };
    const { output, ended } = spawnStart({
      DATA_DIR: path.join(folder, 'data'),
      ...busSettings(bus.address),
      ...settings,
    });
    expect(await ended).toBe(1);
    expect(output.text).toMatch(/KAFKA_SECURITY_PROTOCOL: .*\n.*KAFKA_SASL_MECHANISM: /);
  });
});

describe('a stack on an outside bus', () => {
  it('a stack on an outside bus names it, hides its password, and retries calmly while it is refused', async () => {
    const stack = await startStack({ bus });
    try {
      const { brokers, password } = bus.address;
      expect(stack.output()).toContain(`Kafka    ${brokers}  your own (KAFKA_BROKERS), SASL_SSL, PLAIN`);
      expect(stack.output()).not.toContain(password);
      const shop = new Shop(stack);
      const { sku } = await shop.sell({ quantity: 5 });
      expect((await shop.decided((await shop.order({ [sku]: 1 })).id)).status).toBe('confirmed');
      const health = async () => bodyOf(await new ApiClient(stack.url).get<Health>('/health/orders'), 200).dependencies;
      expect((await health()).bus).toEqual({ status: 'ok', name: 'Kafka (SASL_SSL, PLAIN)' });
      const before = await stack.faults.functions().pid();

      for (const [changes, detail] of [
        [{ password: 'changed' }, /bus credentials refused \(KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD\)/],
        [{ certificate: await selfSigned(new Date('2010-01-01')) }, /bus certificate not trusted \(KAFKA_CA_FILE\)/],
      ] as const) {
        await bus.restart(changes);
        const { id } = await shop.order({ [sku]: 1 });
        await eventually(async () => {
          expect((await health()).bus).toMatchObject({ status: 'degraded', detail: expect.stringMatching(detail) });
        }, 30_000);
        expect((await shop.orderNow(id)).status).toBe('pending');
        await bus.restart({});
        expect((await shop.decided(id, 30_000)).status).toBe('confirmed');
      }

      expect(await stack.faults.functions().pid()).toBe(before);
      const refused = stack
        .output()
        .split('\n')
        .filter((line) => line.includes('sending events to the bus failed') && line.includes('refuses the user'));
      const topics = refused.map((line) => /topic\W+([\w-]+)/.exec(line)?.[1]);
      expect(topics).toContain('order-events');
      expect(new Set(topics).size).toBe(topics.length);
    } finally {
      await stack.stop();
    }
  }, 180_000);

  it('a stack accepts any Kafka certificate with KAFKA_CERTIFICATE_CHECK=off, and says so', async () => {
    await using careless = await startBus({ folder: path.join(folder, 'careless'), withFaults: false });
    await careless.restart({ certificate: await selfSigned(new Date('2010-01-01')) });
    const stack = await startStack({ bus: careless, env: { KAFKA_CERTIFICATE_CHECK: 'off' } });
    try {
      const shop = new Shop(stack);
      const { sku } = await shop.sell({ quantity: 5 });
      expect((await shop.decided((await shop.order({ [sku]: 1 })).id)).status).toBe('confirmed');
      expect(stack.output()).toContain('bus certificate is not verified');
    } finally {
      await stack.stop();
    }
  }, 120_000);
});
