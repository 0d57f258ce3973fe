import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import kafkajs, { type AclOperationTypes, type AclResourceTypes } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type ApacheKafka, startApacheKafka } from '../../infra/local/apache-kafka/apache-kafka.ts';
import { connectKafka } from '../../shared/bus/kafka/kafka-connection.ts';
import { provisionTopics } from '../../shared/bus/provision-topics.ts';
import { topics } from '../../shared/events/topics.ts';
import { readKafkaSettings } from '../../shared/settings/settings.ts';
import { ApiClient } from '../rigs/clients/api-client.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { ChildOutput } from '../rigs/stack/child-output.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { spawnStart } from '../rigs/stack/spawn-start.ts';
import { startStack } from '../rigs/stack/start-stack.ts';

const users = {
  boss: { password: 'say "please"' },
  clerk: { password: 'clerk', isPowerless: true },
  guest: { password: 'guest', isPowerless: true },
};

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

describe('a Kafka user', () => {
  it('a start by a Kafka user without the right to create topics names the missing topics and what to do', async () => {
    const settings = { DATA_DIR: path.join(folder, 'guest'), ...settingsOf('guest') };
    const { output, ended } = spawnStart(settings);
    expect(await ended).toBe(1);
    expect(output.text).toContain('These topics are missing, or hidden from this user, who may not make them');
    for (const topic of topics) expect(output.text).toContain(`${topic} (TOPIC_AUTHORIZATION_FAILED)`);
    expect(output.text).toContain('Make each with 4 partitions and retention.ms=604800000, or give the user the right');
  });

  it('a Kafka user with only the rights that docs/kafka.md lists can run the whole stack', async () => {
    const boss = connectKafka(readKafkaSettings(settingsOf('boss')), 'test');
    await provisionTopics(boss, { partitions: 4, retentionMs: 604_800_000 });
    const admin = boss.admin();
    await admin.connect();
    await admin.createAcls({ acl: rightsOf('clerk') });
    await admin.disconnect();

    const stack = await startStack({ env: settingsOf('clerk') });
    onTestFinished(() => stack.stop());
    const shop = new Shop(stack);
    const { sku } = await shop.sell({ quantity: 5 });
    expect((await shop.decided((await shop.order({ [sku]: 1 })).id)).status).toBe('confirmed');
    expect((await new ApiClient(stack.url).get('/health')).body).toMatchObject({ status: 'ok' });
  }, 120_000);

  it.each([
    'PLAIN',
    'SCRAM-SHA-256',
    'SCRAM-SHA-512',
  ])('a Kafka user can log in by %s, but not with a wrong password', async (mechanism) => {
    const admin = (environment: Readonly<Record<string, string>>) =>
      connectKafka(readKafkaSettings(environment), 'test').admin();
    const known = admin(settingsOf('boss', mechanism));
    await known.connect();
    await known.disconnect();
    const guessing = admin({ ...settingsOf('boss', mechanism), KAFKA_SASL_PASSWORD: 'please' });
    await expect(guessing.connect()).rejects.toThrow(/authentication failed/);
    await guessing.disconnect();
  });

  it('a Kafka user with SCRAM can run the whole stack, triggers included', async () => {
    const stack = await startStack({ env: settingsOf('boss', 'SCRAM-SHA-512') });
    onTestFinished(() => stack.stop());
    const shop = new Shop(stack);
    const { sku } = await shop.sell({ quantity: 5 });
    expect((await shop.decided((await shop.order({ [sku]: 1 })).id)).status).toBe('confirmed');
  }, 120_000);
});

it('an Apache Kafka broker stops when the process that started it is killed', async () => {
  const program = path.resolve(import.meta.dirname, '../../infra/local/apache-kafka/main.ts');
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, DATA_DIR: path.join(folder, 'orphan') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [, brokers = ''] = await new ChildOutput(child).matching(/^export KAFKA_BROKERS=(\S+)$/m);
  expect(await answers(brokers)).toBe(true);
  child.kill('SIGKILL');
  await eventually(async () => expect(await answers(brokers)).toBe(false));
}, 120_000);

/** What docs/kafka.md lists, where topics are made by somebody else. */
function rightsOf(user: keyof typeof users) {
  const allow = (resourceType: AclResourceTypes, resourceName: string, rights: readonly AclOperationTypes[]) =>
    rights.map((operation) => ({
      resourceType,
      resourceName,
      resourcePatternType: kafkajs.ResourcePatternTypes.LITERAL,
      principal: `User:${user}`,
      host: '*',
      operation,
      permissionType: kafkajs.AclPermissionTypes.ALLOW,
    }));
  const { AclOperationTypes: Right } = kafkajs;
  const onTopics = [Right.READ, Right.WRITE, Right.DESCRIBE, Right.DESCRIBE_CONFIGS];
  return [
    ...topics.flatMap((topic) => allow(kafkajs.AclResourceTypes.TOPIC, topic, onTopics)),
    ...allow(kafkajs.AclResourceTypes.GROUP, '*', [Right.READ, Right.DESCRIBE]),
  ];
}

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
