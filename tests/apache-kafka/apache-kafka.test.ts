import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type ApacheKafka, startApacheKafka } from '../../infra/local/apache-kafka/apache-kafka.ts';
import { topics } from '../../shared/events/topics.ts';
import { connectKafka } from '../../shared/messaging/kafka-connection.ts';
import { readKafkaSettings } from '../../shared/settings.ts';
import { ChildOutput } from '../stack/child-output.ts';
import { eventually } from '../stack/eventually.ts';
import { Shop } from '../stack/shop.ts';
import { spawnStart } from '../stack/spawn-start.ts';
import { startStack } from '../stack/start-stack.ts';

const users = { boss: { password: 'say "please"' }, guest: { password: 'guest', isPowerless: true } };

let folder: string;
let kafka: ApacheKafka;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'apache-kafka-'));
  kafka = await startApacheKafka({ folder: path.join(folder, 'kafka'), users });
});
afterAll(async () => {
  await kafka.kill();
  rmSync(folder, { recursive: true, force: true });
});

const settingsOf = (user: keyof typeof users, mechanism = 'PLAIN') => ({
  KAFKA_BROKERS: kafka.brokers,
  KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
  KAFKA_SASL_MECHANISM: mechanism,
  KAFKA_SASL_USERNAME: user,
  KAFKA_SASL_PASSWORD: users[user].password,
  KAFKA_CA_FILE: kafka.certFile,
});

describe('a user', () => {
  it('who may not make topics hears which are missing, and what to do', async () => {
    const settings = { DATA_DIR: path.join(folder, 'guest'), ...settingsOf('guest') };
    const { output, ended } = spawnStart(settings);
    expect(await ended).toBe(1);
    expect(output.text).toContain('These topics are missing, or hidden from this user, who may not make them');
    for (const topic of topics) expect(output.text).toContain(`${topic} (TOPIC_AUTHORIZATION_FAILED)`);
    expect(output.text).toContain('Make each with 4 partitions and retention.ms=604800000, or give the user the right');
  });

  it.each([
    'PLAIN',
    'SCRAM-SHA-256',
    'SCRAM-SHA-512',
  ])('is known by %s, and by no wrong password', async (mechanism) => {
    const admin = (environment: Readonly<Record<string, string>>) =>
      connectKafka(readKafkaSettings(environment), 'test').admin();
    const known = admin(settingsOf('boss', mechanism));
    await known.connect();
    await known.disconnect();
    const guessing = admin({ ...settingsOf('boss', mechanism), KAFKA_SASL_PASSWORD: 'please' });
    await expect(guessing.connect()).rejects.toThrow(/authentication failed/);
    await guessing.disconnect();
  });

  it('may run the whole stack by SCRAM: the triggers consume by it too', async () => {
    const stack = await startStack({ env: settingsOf('boss', 'SCRAM-SHA-512') });
    onTestFinished(() => stack.stop());
    const shop = new Shop(stack);
    const { sku } = await shop.sell({ quantity: 5 });
    expect((await shop.decided((await shop.order({ [sku]: 1 })).id)).status).toBe('confirmed');
  });
});

it('a broker ends with the process that started it, however that ends', async () => {
  const program = path.resolve(import.meta.dirname, '../../infra/local/apache-kafka/main.ts');
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, DATA_DIR: path.join(folder, 'orphan') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [, brokers = ''] = await new ChildOutput(child).matching(/^export KAFKA_BROKERS=(\S+)$/m);
  expect(await answers(brokers)).toBe(true);
  child.kill('SIGKILL');
  await eventually(async () => expect(await answers(brokers)).toBe(false));
});

async function answers(brokers: string): Promise<boolean> {
  const [host = '', port] = brokers.split(':');
  const socket = connect(Number(port), host);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false; // refused
  } finally {
    socket.destroy();
  }
}
