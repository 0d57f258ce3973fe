import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BlobServiceClient } from '@azure/storage-blob';
import kafkajs from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../../infra/local/apache-kafka/free-ports.ts';
import { type PreparedContainers, prepareContainers } from '../../infra/local/containers/prepare-containers.ts';
import { runUnderCoreTools } from '../../infra/local/containers/run-under-core-tools.ts';
import { fetchedPackages } from '../../infra/local/fetched-packages.ts';
import { StopOrder } from '../../infra/local/stop-order.ts';
import { shopClient } from '../../scripts/azure/shop-client.ts';
import { smokeTest } from '../../scripts/azure/smoke-test.ts';
import { topics } from '../../shared/events/topics.ts';
import { queries } from '../containers/monitoring-files.ts';
import { readPromQl } from '../containers/prom-ql.ts';
import { startTraceCollector, type TraceCollector } from '../rigs/clients/trace-collector.ts';
import { startKafkaOfImage } from '../rigs/containers/kafka-of-image.ts';
import { type ComposeService, composePorts, readCompose } from '../rigs/containers/local-compose.ts';
import { installStandIns } from '../rigs/containers/stand-ins.ts';
import { publishedPorts, unboxed } from '../rigs/containers/unboxed.ts';
import { ChildOutput } from '../rigs/stack/child-output.ts';
import { eventually } from '../rigs/stack/eventually.ts';

/**
 * What compose.yaml and `npm run start:func` give the containers and the app, tried without Docker and Core Tools: Apache Kafka, Azurite
 * and our Cosmos server run with the commands and environments of compose.yaml, the app with the settings of local.settings.json.
 */
const repository = path.resolve(import.meta.dirname, '../..');

let folder: string;
let collector: TraceCollector;
let prepared: PreparedContainers;
let service: (name: string) => ComposeService;
/** Ports of the broker that compose.yaml publishes to containers alone. */
let inner: Readonly<Record<string, string>>;
let url: string;
/** What was said to the person at the terminal. */
const said: string[] = [];
const stopOrder = new StopOrder(console.error);

const shared = (within: string) => path.join(folder, 'shared', within);
const data = (name: string) => path.join(folder, 'data', name);

/** Runs a program with the arguments and environment that compose.yaml gives its container. */
async function run(name: string, program: string, folders: Readonly<Record<string, string>>): Promise<ChildOutput> {
  const { command, environment } = unboxed(service(name), { ports: publishedPorts(service(name)), folders });
  const args = program === process.execPath ? command.slice(1) : [program, ...command.slice(1)];
  const child = spawn(process.execPath, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  await stopWith(child);
  return new ChildOutput(child);
}

async function stopWith(child: ChildProcess): Promise<void> {
  await stopOrder.add(String(child.spawnfile), async () => {
    const ended = once(child, 'exit');
    if (child.kill('SIGTERM')) await ended;
  });
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'containers-'));
  await stopOrder.add('The folder', () => rmSync(folder, { recursive: true, force: true }));
  for (const each of [shared(''), data('azurite'), data('cosmos')]) mkdirSync(each, { recursive: true });
  collector = await startTraceCollector();
  await stopOrder.add('The collector', () => collector.close());
  const names = Object.keys(composePorts());
  const [internal = 0, controller = 0, ...free] = await freePorts(names.length + 2);
  inner = { 29092: String(internal), 29093: String(controller) };
  const preparation = {
    folder: shared(''),
    settingsFile: path.join(folder, 'local.settings.json'),
    environment: {
      ...Object.fromEntries(names.map((name, index) => [name, String(free[index])])),
      OTLP_PORT: new URL(collector.url).port,
    },
    usesEmulator: false,
  };
  prepared = await prepareContainers(preparation);
  ({ service } = readCompose(prepared.variables));

  const place = {
    ports: { ...publishedPorts(service('kafka')), ...inner },
    folders: { '/etc/kafka/secrets': shared('kafka'), '/var/lib/kafka/data': data('kafka') },
  };
  const kafka = await startKafkaOfImage(unboxed(service('kafka'), place).environment, path.join(folder, 'kafka'));
  await stopOrder.add('Apache Kafka', () => kafka.kill());
  const azurite = await fetchedPackages('azurite', path.join(repository, 'infra/local/azurite'));
  const azuriteProgram = path.join(azurite, 'node_modules/azurite/dist/src/azurite.js');
  const blobs = await run('azurite', azuriteProgram, { '/data': data('azurite') });
  const documents = await run('cosmos', process.execPath, { '/lagerhaus': shared('cosmos'), '/data': data('cosmos') });
  await Promise.all([blobs.matching(/Table service is successfully listening/), documents.matching(/listens on/)]);

  const [port] = await freePorts(1);
  url = `http://127.0.0.1:${port}`;
  const stop = new AbortController();
  const running = runUnderCoreTools({
    ...preparation,
    environment: {
      ...preparation.environment,
      PATH: [installStandIns(path.join(folder, 'bin')), process.env.PATH].join(path.delimiter),
      SETTINGS_FILE: preparation.settingsFile,
      // Somebody has used another Kafka in this terminal before.
      KAFKA_BROKERS: 'kafka.example.com:9093',
      PORT: String(port),
      OTEL_BSP_SCHEDULE_DELAY: '50',
    },
    envFile: path.join(folder, '.env'),
    appDir: repository,
    stop: stop.signal,
    say: (text) => said.push(text),
  });
  await stopOrder.add('The app', async () => {
    stop.abort();
    await running;
  });
  const ready = eventually(async () => expect((await fetch(new URL('/health/ready', url))).status).toBe(200), 60_000);
  await Promise.race([ready, running]);
}, 240_000);

afterAll(async () => {
  await stopOrder.run(new AbortController().signal);
});

describe('the app beside the containers', () => {
  it('npm run start:func starts the containers, then the app, and says where everything is', () => {
    const calls = readFileSync(path.join(folder, 'bin/calls'), 'utf8').trim().split('\n');
    expect(calls.slice(-2)).toEqual([
      expect.stringMatching(/^docker compose --file .*compose\.yaml up --detach --wait$/),
      'func start',
    ]);
    expect(said.join('\n')).toContain(`http://127.0.0.1:${prepared.variables.GRAFANA_PORT} (Grafana)`);
    const variables = readFileSync(path.join(folder, '.env'), 'utf8');
    for (const [name, value] of Object.entries(prepared.variables)) expect(variables).toContain(`${name}=${value}\n`);
  });

  it('an order is confirmed, by the settings that npm run start:func writes', async () => {
    const shop = shopClient(url);
    const [email, password] = ['admin@example.com', 'Admin123'];
    const person = { email, password, first_name: 'John', last_name: 'Song' };
    expect(await shop.call('POST', '/api/v1/auth/register', person)).toMatchObject({ status: 201 });
    const said: string[] = [];
    await smokeTest({ shop, email, password, say: (line) => said.push(line) });
    expect(said).toContain('an order of it is confirmed, and cancelled again');
  });

  it('Prometheus is let in by the token that it is given, and finds all that its rules and the dashboard ask for', async () => {
    const token = readFileSync(shared('prometheus/token'), 'utf8');
    expect((await fetch(new URL('/metrics', url))).status).toBe(401);
    const answer = await fetch(new URL('/metrics', url), { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
    const given = new Set([...(await answer.text()).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
    const asked = queries().flatMap(([, query]) => readPromQl(query).selectors.map(({ metric }) => metric));
    // Records are of Prometheus itself, and so is up.
    const ofTheApp = asked.filter((name) => name !== 'up' && !name.includes(':'));
    expect(ofTheApp.map((name) => name.replace(/_bucket$/, '')).filter((name) => !given.has(name))).toEqual([]);
  });

  it('the traces of the app go to where Jaeger takes them', async () => {
    await eventually(() => expect(collector.paths).toContain('/v1/traces'));
  });
});

describe('the containers beside each other', () => {
  it('Kafka UI logs in to the broker by what compose gives it, and sees the topics', async () => {
    const { ports, folders } = { ports: inner, folders: {} };
    const { environment } = unboxed(service('kafka-ui'), { ports, folders });
    const [, username = '', password = ''] =
      /username="(.*?)" password="(.*?)"/.exec(environment.KAFKA_CLUSTERS_0_PROPERTIES_SASL_JAAS_CONFIG ?? '') ?? [];
    expect(environment.KAFKA_CLUSTERS_0_PROPERTIES_SECURITY_PROTOCOL).toBe('SASL_PLAINTEXT');
    const bootstrap = environment.KAFKA_CLUSTERS_0_BOOTSTRAPSERVERS?.replace('kafka:', '127.0.0.1:') ?? '';
    const admin = new kafkajs.Kafka({
      brokers: [bootstrap],
      sasl: { mechanism: 'plain', username, password },
      logLevel: kafkajs.logLevel.NOTHING,
    }).admin();
    await admin.connect();
    expect(await admin.listTopics()).toEqual(expect.arrayContaining([...topics]));
    await admin.disconnect();
  });

  it('the Functions host can keep its locks in Azurite, by the connection string that npm run start:func writes', async () => {
    const storage = BlobServiceClient.fromConnectionString(prepared.settings.AzureWebJobsStorage ?? '');
    const locks = storage.getContainerClient('azure-webjobs-hosts');
    await locks.createIfNotExists();
    const lock = locks.getBlockBlobClient('locks/lagerhaus/sweep.listener');
    await lock.upload('', 0);
    const lease = lock.getBlobLeaseClient();
    await lease.acquireLease(15);
    await expect(lock.getBlobLeaseClient().acquireLease(15)).rejects.toMatchObject({ statusCode: 409 });
    await lease.releaseLease();
  });
});
