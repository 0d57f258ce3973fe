/** A user and what they may do: everything, or only what the topics' rights say (nothing, as nobody gives any). */
export interface KafkaUser {
  readonly password: string;
  readonly isPowerless?: boolean;
}

export interface NodeProperties {
  readonly id: number;
  /** Where clients connect: SASL_SSL. */
  readonly port: number;
  /** Where the nodes find each other: SASL_PLAINTEXT. */
  readonly internalPort: number;
  /** Where a program in between connects (SASL_PLAINTEXT), and the port at which clients find that program. */
  readonly behind?: { readonly port: number; readonly clientsPort: number };
  /** The node that keeps the cluster's metadata: its id and port. */
  readonly controller: { readonly id: number; readonly port: number };
  readonly dataDir: string;
  /** Key and certificate, PEM. */
  readonly keystoreFile: string;
  readonly users: Readonly<Record<string, KafkaUser>>;
}

/** SASL mechanisms that the broker offers. */
export const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;

/**
 * The settings of a node, in the form of server.properties. Small on purpose: one partition for offsets, no replicas, limits
 * of a message as Event Hubs has them.
 * Source: https://kafka.apache.org/41/documentation.html#brokerconfigs
 */
export function serverProperties(node: NodeProperties): string {
  const { id, port, internalPort, behind, controller, users } = node;
  const isController = id === controller.id;
  const listeners = {
    CLIENTS: { port, clientsPort: port, protocol: 'SASL_SSL' },
    // Not the clients' one: a node does not start with a certificate that it would not believe itself.
    INTERNAL: { port: internalPort, clientsPort: internalPort, protocol: 'SASL_PLAINTEXT' },
    ...(behind === undefined ? {} : { BEHIND: { ...behind, protocol: 'SASL_PLAINTEXT' } }),
  };
  const listed = (entry: (name: string, listener: (typeof listeners)['CLIENTS']) => string) =>
    Object.entries(listeners).map(([name, listener]) => entry(name, listener));
  const properties = {
    'process.roles': isController ? 'broker,controller' : 'broker',
    'node.id': id,
    'controller.quorum.voters': `${controller.id}@127.0.0.1:${controller.port}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: [
      ...listed((name, listener) => `${name}://127.0.0.1:${listener.port}`),
      ...(isController ? [`CONTROLLER://127.0.0.1:${controller.port}`] : []),
    ].join(),
    'advertised.listeners': listed((name, { clientsPort }) => `${name}://127.0.0.1:${clientsPort}`).join(),
    'listener.security.protocol.map': [
      ...listed((name, { protocol }) => `${name}:${protocol}`),
      'CONTROLLER:PLAINTEXT',
    ].join(),
    'inter.broker.listener.name': 'INTERNAL',
    'sasl.mechanism.inter.broker.protocol': 'PLAIN',
    'sasl.enabled.mechanisms': mechanisms.join(),
    ...Object.fromEntries(
      Object.keys(listeners).flatMap((name) => loginModules(`listener.name.${name.toLowerCase()}`, users)),
    ),
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': node.keystoreFile,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': ['ANONYMOUS', ...powerful(users)].map((name) => `User:${name}`).join(';'),
    'log.dirs': node.dataDir,
    'num.partitions': 4,
    'auto.create.topics.enable': false,
    'message.max.bytes': 1_046_528,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'group.initial.rebalance.delay.ms': 0,
    // A node that was killed is known to be gone after this time, as a session is elsewhere.
    'broker.session.timeout.ms': 3_000,
    'broker.heartbeat.interval.ms': 500,
    // As long as a test may wish for.
    'group.min.session.timeout.ms': 1_000,
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${String(value).replaceAll('\\', '\\\\')}\n`)
    .join('');
}

function loginModules(listener: string, users: NodeProperties['users']): [string, string][] {
  const [first] = powerful(users);
  const own = first === undefined ? '' : ` username=${quoted(first)} password=${quoted(users[first]?.password ?? '')}`;
  const known = Object.entries(users).map(([name, { password }]) => ` user_${name}=${quoted(password)}`);
  return mechanisms.map((mechanism) => [
    `${listener}.${mechanism.toLowerCase()}.sasl.jaas.config`,
    mechanism === 'PLAIN'
      ? `org.apache.kafka.common.security.plain.PlainLoginModule required${own}${known.join('')};`
      : 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
  ]);
}

const powerful = (users: NodeProperties['users']) => Object.keys(users).filter((name) => !users[name]?.isPowerless);
const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
