import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Certificate } from '../../embedded/certificate/self-signed.ts';
import { storedCertificate } from '../../embedded/certificate/stored.ts';
import { writeWhole } from '../../embedded/write-whole.ts';
import { freePorts } from './free-ports.ts';
import { apacheKafkaJars } from './jars.ts';
import { runJava } from './java.ts';
import { KafkaNode } from './kafka-node.ts';
import { type KafkaUser, mechanisms, serverProperties } from './server-properties.ts';

export interface ApacheKafkaOptions {
  /** Its data, certificate and log; made when missing. */
  readonly folder: string;
  /** Who may connect, with PLAIN and with SCRAM. The first is the brokers' own user. */
  readonly users: Readonly<Record<string, KafkaUser>>;
  /** By default one made for the folder, which clients can verify by `certFile`. */
  readonly certificate?: Certificate;
  /** Brokers of the cluster, of which the first keeps the metadata. Topics have no replicas. By default one. */
  readonly nodes?: number;
  /** Where a program that stands in between listens, on its way to the first node's second listener. */
  readonly proxyPort?: number;
  /** Faster in the long run, slower to start, and larger. */
  readonly isForSpeed?: boolean;
}

/** What may change from start to start. */
type Changes = Partial<Pick<ApacheKafkaOptions, 'users' | 'certificate'>>;

/** Apache Kafka, from its jars, in KRaft mode. Ends with the process that started it. */
export interface ApacheKafka {
  /** `host:port` of each node, separated by commas: SASL_SSL. */
  readonly brokers: string;
  /** The port of the first node's listener for the program in between: SASL_PLAINTEXT. */
  readonly behindProxy: number;
  readonly certificate: Certificate;
  /** The authority that the certificate is verified by. */
  readonly certFile: string;
  readonly nodes: readonly KafkaNode[];
  /** Ends all nodes in order. */
  stop(): Promise<void>;
  /** Ends all nodes at once. */
  kill(): Promise<void>;
  /** Starts them again, on their ports and data. */
  start(changes?: Changes): Promise<void>;
}

/**
 * Starts a cluster, on the data of the last time where there are any.
 *
 * @throws CannotStartError when Java, Maven or the jars are missing, or a node does not start.
 */
export async function startApacheKafka(options: ApacheKafkaOptions): Promise<ApacheKafka> {
  const { folder, isForSpeed = false } = options;
  const jars = await apacheKafkaJars();
  mkdirSync(folder, { recursive: true });
  const stored = await storedCertificate(folder);
  const { placed, behindProxy } = await place(options);
  const propertiesOf = ({ dataDir }: { readonly dataDir: string }) => `${dataDir}.properties`;
  const configure = (changes: Changes) => {
    const { users, certificate: shown = stored } = { ...options, ...changes };
    const keystoreFile = path.join(folder, 'keystore.pem');
    writeWhole(keystoreFile, shown.key + shown.cert);
    for (const node of placed) writeWhole(propertiesOf(node), serverProperties({ ...node, keystoreFile, users }));
  };
  configure({});
  const clusterId = randomBytes(16).toString('base64url').replace(/^-/, 'A');
  for (const node of placed.filter(({ dataDir }) => !existsSync(dataDir)))
    await format(jars, clusterId, propertiesOf(node), options.users);

  const nodes = placed.map(
    (node) => new KafkaNode({ jars, propertiesFile: propertiesOf(node), logFile: `${node.dataDir}.log`, isForSpeed }),
  );
  const all = async (act: (node: KafkaNode) => Promise<void>) => void (await Promise.all(nodes.map(act)));
  const kill = () => all((node) => node.kill());
  const start = async (changes: Changes = {}) => {
    configure(changes);
    try {
      await all((node) => node.start());
    } catch (error) {
      await kill();
      throw error;
    }
  };
  await start();
  return {
    brokers: placed.map(({ port }) => `127.0.0.1:${port}`).join(),
    behindProxy,
    certificate: options.certificate ?? stored,
    certFile: stored.certFile,
    nodes,
    stop: () => all((node) => node.stop()),
    kill,
    start,
  };
}

/** Where each node has its ports and its data. */
async function place({ folder, nodes = 1, proxyPort }: ApacheKafkaOptions) {
  const [controllerPort = 0, behindProxy = 0, ...free] = await freePorts(2 + 2 * nodes);
  const internalPorts = free.splice(nodes);
  const placed = free.map((port, index) => ({
    id: index + 1,
    port,
    internalPort: internalPorts[index] ?? 0,
    controller: { id: 1, port: controllerPort },
    dataDir: path.join(folder, `node-${index + 1}`),
    ...(index === 0 && proxyPort !== undefined ? { behind: { port: behindProxy, clientsPort: proxyPort } } : {}),
  }));
  return { placed, behindProxy };
}

/** Makes a node's folder, with the users of the SCRAM mechanisms, which live in the cluster's metadata. */
async function format(
  jars: string,
  clusterId: string,
  propertiesFile: string,
  users: ApacheKafkaOptions['users'],
): Promise<void> {
  const scram = mechanisms.filter((mechanism) => mechanism !== 'PLAIN');
  const credentials = Object.entries(users).flatMap(([name, { password }]) =>
    scram.flatMap((mechanism) => ['--add-scram', `${mechanism}=[name=${name},password="${password}"]`]),
  );
  const args = ['format', '-t', clusterId, '-c', propertiesFile, ...credentials];
  await runJava(jars, 'kafka.tools.StorageTool', args);
}
