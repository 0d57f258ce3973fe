import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Certificate } from '../certificate/self-signed.ts';
import { storedCertificate } from '../certificate/stored.ts';
import { writeWhole } from '../write-whole.ts';
import { freePorts } from './free-ports.ts';
import { apacheKafkaJars } from './jars.ts';
import { runJava } from './java.ts';
import { KafkaNode } from './kafka-node.ts';
import { type KafkaUser, mechanisms, serverProperties } from './server-properties.ts';

export interface ApacheKafkaOptions {
  /** Its data, certificate and log; made when missing. */
  readonly folder: string;
  /** By default one free port for each node. */
  readonly port?: number;
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

/** Apache Kafka, from its jars, in KRaft mode. Ends with the process that started it. */
export interface ApacheKafka {
  /** `host:port` of each node, separated by commas: SASL_SSL. */
  readonly brokers: string;
  /** The port of the listener for the program in between: SASL_PLAINTEXT. */
  readonly behindProxy: number;
  readonly certificate: Certificate;
  /** The authority that its certificate is verified by. */
  readonly certFile: string;
  readonly nodes: readonly KafkaNode[];
  /** Ends all nodes in order. */
  stop(): Promise<void>;
  /** Ends all nodes at once. */
  kill(): Promise<void>;
  /** Starts them again, on their ports and data. */
  start(): Promise<void>;
}

/**
 * Starts a cluster, on the data of the last time where there are any.
 *
 * @throws CannotStart when Java, Maven or the jars are missing, or a node does not start.
 */
export async function startApacheKafka(options: ApacheKafkaOptions): Promise<ApacheKafka> {
  const { folder, users, nodes: count = 1, proxyPort, isForSpeed = false } = options;
  const jars = await apacheKafkaJars();
  mkdirSync(folder, { recursive: true });
  const { certificate, certFile, keystoreFile } = certificateFiles(folder, options.certificate);
  const [controllerPort = 0, behindPort = 0, ...freely] = await freePorts(count + 2);
  const ports = options.port === undefined ? freely : [options.port, ...freely.slice(1)];
  const clusterId = randomBytes(16).toString('base64url').replace(/^-/, 'A');

  const nodes = await Promise.all(
    ports.map(async (port, index) => {
      const dataDir = path.join(folder, `node-${index + 1}`);
      const propertiesFile = `${dataDir}.properties`;
      const behind = index === 0 && proxyPort !== undefined ? { port: behindPort, clientsPort: proxyPort } : undefined;
      const properties = serverProperties({
        id: index + 1,
        port,
        ...(behind === undefined ? {} : { behind }),
        controller: { id: 1, port: controllerPort },
        dataDir,
        keystoreFile,
        certFile,
        users,
      });
      writeWhole(propertiesFile, properties);
      if (!existsSync(dataDir)) await format(jars, clusterId, propertiesFile, users);
      return new KafkaNode({ jars, propertiesFile, logFile: `${dataDir}.log`, isForSpeed });
    }),
  );
  const all = (act: (node: KafkaNode) => Promise<void>) => async () => void (await Promise.all(nodes.map(act)));
  const cluster: ApacheKafka = {
    brokers: ports.map((port) => `127.0.0.1:${port}`).join(),
    behindProxy: behindPort,
    certificate,
    certFile,
    nodes,
    stop: all((node) => node.stop()),
    kill: all((node) => node.kill()),
    start: all((node) => node.start()),
  };
  try {
    await cluster.start();
  } catch (error) {
    await cluster.kill();
    throw error;
  }
  return cluster;
}

/** Kafka wants key and certificate in one file. */
function certificateFiles(folder: string, given: Certificate | undefined) {
  const keystoreFile = path.join(folder, 'keystore.pem');
  const certFile = path.join(folder, 'cert.pem');
  const { cert, key } = given ?? storedCertificate(folder);
  writeWhole(keystoreFile, key + cert);
  writeWhole(certFile, cert);
  return { certificate: { cert, key }, certFile, keystoreFile };
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
