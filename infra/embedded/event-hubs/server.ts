import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import rhea, { type Connection, type EventContext, type Receiver, type Sender } from 'rhea';
import { z } from 'zod';
import { pathOf } from './access-token.ts';
import { type Address, addressIn } from './address.ts';
import { AmqpError } from './amqp-error.ts';
import { answerRequest } from './answer-request.ts';
import { Client } from './client.ts';
import { answerAttach, sendInFull, settleAtOnce } from './frames.ts';
import { Hubs, type HubsSetup } from './hubs.ts';
import { putToken } from './put-token.ts';
import { readProperties } from './read-properties.ts';
import { ReceiveLink } from './receive-link.ts';
import { SendLink } from './send-link.ts';

const loopback = '127.0.0.1';

export interface EventHubsServerOptions extends HubsSetup {
  /** A free port when 0 or left out. */
  readonly port?: number;
}

export interface EventHubsServer {
  readonly port: number;
  /** A connection string for everything, as the Event Hubs emulator's: it also switches encryption off. */
  readonly connectionString: string;
  close(): Promise<void>;
}

/** What a link tells besides its address, where it reads. rhea hands a filter on as it was described on the wire. */
const Filter = z.object({ value: z.string() }).transform(({ value }) => value);
const LinkProperties = z.looseObject({ 'com.microsoft:epoch': z.coerce.number().optional() }).nullish();

const selectorFilter = 'apache.org:selector-filter:string';
/** Of Event Hubs, Standard tier (learn.microsoft.com/azure/event-hubs/event-hubs-quotas). */
const maxMessageBytes = 1_048_576;
const maxFrameBytes = 65_536;

/**
 * Event Hubs' AMQP endpoint over the topics of the embedded broker: claims-based security, properties of hubs and
 * partitions, sending and receiving as `@azure/event-hubs` does them.
 */
export async function startEventHubsServer(options: EventHubsServerOptions): Promise<EventHubsServer> {
  const { port = 0, policy } = options;
  const hubs = new Hubs(options);
  const clients = new Map<Connection, Client>();
  const container = rhea.create_container();
  container.sasl_server_mechanisms.enable_anonymous();

  const clientOf = ({ connection }: EventContext) => {
    const client = clients.get(connection) ?? new Client(connection);
    clients.set(connection, client);
    return client;
  };
  const forget = ({ connection }: EventContext) => {
    clients.get(connection)?.forget();
    clients.delete(connection);
  };
  container.on('connection_close', forget);
  container.on('disconnected', forget);
  // A client that breaks the rules of AMQP, or goes without a word, is disconnected by rhea itself.
  for (const event of ['error', 'protocol_error', 'connection_error', 'session_error'])
    container.on(event, () => undefined);
  container.on('session_open', ({ session }: EventContext) => session && sendInFull(session));
  container.on('receiver_open', (context) => context.receiver && takeIn(context.receiver, clientOf(context), hubs));
  container.on('sender_open', (context) => context.sender && giveOut(context.sender, clientOf(context), hubs));

  const server = container.listen({
    port,
    host: loopback,
    max_frame_size: maxFrameBytes,
    properties: { product: 'lagerhaus' },
    sender_options: { max_message_size: maxMessageBytes },
    receiver_options: { autoaccept: false, credit_window: 1_000, max_message_size: maxMessageBytes },
  });
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    connectionString: `Endpoint=sb://${loopback}:${address.port};SharedAccessKeyName=${policy.name};SharedAccessKey=${policy.key};UseDevelopmentEmulator=true`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const client of clients.values()) client.drop();
      await closed;
    },
  };
}

/** A link on which the client sends: requests, or events. */
function takeIn(link: Receiver, client: Client, hubs: Hubs): void {
  attach(link, link.target?.address, (address, path) => {
    if (address.kind === 'cbs' || address.kind === 'management') {
      const answer = address.kind === 'cbs' ? putToken : readProperties;
      link.on('message', ({ message, delivery }: EventContext) => {
        if (delivery) settleAtOnce(delivery).accept();
        if (message) void answerRequest(client, path, message, (request) => answer(request, client, hubs));
      });
      return;
    }
    if (address.kind === 'receiver') throw new AmqpError('notAllowed', 'a consumer group takes no messages');
    hubs.hub(address.hub);
    client.guard(link, path);
    const sending = new SendLink(link, address, client, hubs);
    link.on('message', ({ message, delivery }: EventContext) => {
      if (message && delivery) sending.take(message, settleAtOnce(delivery));
    });
  });
}

/** A link on which the client receives: answers, or events. */
function giveOut(link: Sender, client: Client, hubs: Hubs): void {
  attach(link, link.source?.address, (address, path) => {
    if (address.kind === 'cbs' || address.kind === 'management') return client.answerTo(link);
    if (address.kind === 'sender') throw new AmqpError('notAllowed', 'events are received from a consumer group');
    hubs.hub(address.hub);
    client.guard(link, path);
    const filter = Filter.optional().parse(link.source.filter?.[selectorFilter]);
    const ownerLevel = LinkProperties.parse(link.properties)?.['com.microsoft:epoch'];
    const receiving = new ReceiveLink(link, { ...address, filter, ownerLevel }, client, hubs);
    link.on('sendable', () => receiving.serve());
    for (const event of ['sender_close', 'session_close']) link.on(event, () => receiving.close());
    link.connection.on('disconnected', () => receiving.close());
    receiving.serve();
  });
}

/** Sets a link up, or closes it with the reason why it is not to be had. An address may be a whole URL. */
function attach(
  link: Receiver | Sender,
  text: string | undefined,
  setUp: (address: Address, path: string) => void,
): void {
  answerAttach(link);
  try {
    const path = pathOf(text ?? '');
    const address = addressIn(path);
    if (address === undefined) throw new AmqpError('notFound', `there is nothing at the address "${text}"`);
    setUp(address, path);
  } catch (error) {
    if (!(error instanceof AmqpError)) throw error;
    link.close({ condition: error.condition, description: error.message });
  }
}
