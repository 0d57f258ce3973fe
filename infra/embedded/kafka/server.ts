import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { FaultGate } from '../faults/gate.ts';
import { IdentityTokens } from '../identity/identity-tokens.ts';
import { apiTable } from './api/table.ts';
import { type Broker, closeStorage, openStorage, type Storage } from './broker.ts';
import { Connection } from './connection.ts';
import type { TopicStore } from './log/topic-store.ts';
import { profiles } from './profiles.ts';

/** How often messages past their retention are looked for. */
const retentionCheckMs = 30_000;

/** Where it listens, and what clients are told. */
const host = '127.0.0.1';

export interface KafkaServerOptions {
  /** The folder of the logs; made when missing. One server at a time may use it. */
  readonly dataDir: string;
  /** A free port when 0 or left out. */
  readonly port?: number;
  /** Passwords by user name, for SASL PLAIN. Without it nobody needs to authenticate. */
  readonly users?: Readonly<Record<string, string>>;
  /** The secret by which tokens for SASL OAUTHBEARER are signed (`IdentityTokens`); they come beside `users`. */
  readonly identitySecret?: string;
  /** After how many milliseconds without a request a connection is closed; never when left out. */
  readonly idleAfterMs?: number;
  /** PEM texts. Without them connections are not encrypted. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** `kafka` when left out. */
  readonly profile?: 'kafka' | 'event-hubs';
  /** Where tests let faults in. */
  readonly faults?: FaultGate;
}

export interface KafkaServer {
  readonly host: string;
  readonly port: number;
  /** `host:port`, as clients want it. */
  readonly brokers: string;
  /** The topics, for another protocol to serve the same logs. */
  readonly topics: TopicStore;
  /** Stops accepting, answers what is under way, closes connections and files. */
  close(): Promise<void>;
}

/**
 * Starts a single-node Kafka broker. What it acknowledges survives the death of its process.
 *
 * @throws Error that says what to change when the port is taken, the certificate is wrong or the data is damaged.
 */
export async function startKafkaServer(options: KafkaServerOptions): Promise<KafkaServer> {
  const { dataDir, port = 0, users, identitySecret, tls, faults } = options;
  const profile = profiles[options.profile ?? 'kafka'];
  const stopping = new AbortController();
  const connections = new Set<Connection>();
  const server = listener(tls);
  const storage = openStorage(dataDir, profile);
  const address = await listen(server, port).catch((error: unknown) => {
    closeStorage(storage);
    throw error;
  });
  const broker: Broker = {
    ...storage,
    profile,
    users: users && new Map(Object.entries(users)),
    identities: identitySecret === undefined ? undefined : new IdentityTokens(identitySecret),
    faults,
    stopping: stopping.signal,
    address,
  };
  const apis = apiTable(profile);
  const { idleAfterMs } = options;
  server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    if (idleAfterMs !== undefined) socket.setTimeout(idleAfterMs, () => socket.destroy());
    const connection = new Connection(socket, broker, apis);
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const retention = setInterval(() => retain(storage), retentionCheckMs).unref();

  return {
    ...address,
    brokers: `${address.host}:${address.port}`,
    topics: storage.topics,
    async close() {
      clearInterval(retention);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      stopping.abort();
      storage.groups.stop();
      await Promise.all([...connections].map((connection) => connection.close()));
      for (const unfinished of sockets) unfinished.destroy(); // TLS handshakes that never ended
      await closed;
      closeStorage(storage);
    },
  };
}

function listener(tls: KafkaServerOptions['tls']): Server {
  if (tls === undefined) return createServer();
  try {
    return createTlsServer(tls);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `The TLS key and certificate cannot be used (${reason}). Give both as PEM texts that belong together.`,
    );
  }
}

function retain({ topics }: Storage): void {
  try {
    topics.retain(Date.now());
  } catch (error) {
    // A full disk, say. Messages that stay too long harm less than a broker that stops.
    console.error('Kafka broker: cannot delete messages past their retention:', error);
  }
}

function listen(server: Server, port: number): Promise<Broker['address']> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new Error(`Port ${port} on ${host} is taken. Choose another port for the Kafka broker.`) : error);
    };
    server.once('error', onError);
    server.listen(port, host, () => {
      server.off('error', onError);
      const bound = server.address();
      resolve({ host, port: typeof bound === 'object' && bound !== null ? bound.port : port });
    });
  });
}
