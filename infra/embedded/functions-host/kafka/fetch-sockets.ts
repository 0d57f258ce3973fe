import { connect, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectSecurely } from 'node:tls';
import type { ISocketFactoryArgs } from 'kafkajs';

/** Without TLS there is no `ssl`, whatever kafkajs's types say. */
type SocketWish = Omit<ISocketFactoryArgs, 'ssl'> & { readonly ssl?: ConnectionOptions };

const keepAliveMs = 60_000;

/** Behind its length, a request begins with its API key; Fetch is 1. Source: https://kafka.apache.org/protocol#protocol_api_keys */
const [keyAt, fetchKey] = [4, 1];
/** The length of the client's name, which the request's own fields follow: a fetch's are the replica's id and how long it may wait. */
const [nameLengthAt, replicaIdBytes] = [12, 4];

/**
 * The sockets of a kafkajs client. It asks for events over a connection that nothing else goes by, and goes on only once the broker
 * has answered, which may take as long as it was told to wait. So that nobody waits with it when it stops, those connections can be
 * ended; and who has just joined a group, which others often join or leave right after, waits for half as long.
 */
export class FetchSockets {
  readonly #fetching = new Set<Socket>();
  #isOver = false;
  #isRegrouped = false;

  /** As kafkajs's own factory (src/network/socketFactory.js), and takes note of what is used for fetching. */
  readonly factory = ({ host, port, ssl, onConnect }: SocketWish): Socket => {
    const name = isIP(host) === 0 ? { servername: host } : {};
    const socket = ssl
      ? connectSecurely({ host, port, ...name, ...ssl }, onConnect)
      : connect({ host, port }, onConnect);
    socket.setKeepAlive(true, keepAliveMs);
    const { write } = socket;
    socket.write = (data: Uint8Array | string, ...rest: unknown[]): boolean => {
      if (isFetch(data)) this.#note(socket, data);
      return Reflect.apply(write, socket, [data, ...rest]);
    };
    return socket;
  };

  /** Ends what waits for events, now and from now on. To be called when the client is stopping: it takes the failure for the end. */
  end(): void {
    this.#isOver = true;
    for (const socket of this.#fetching) endOf(socket);
  }

  /** The group was shared out anew: the next fetch waits for half of its time. */
  regrouped(): void {
    this.#isRegrouped = true;
  }

  #note(socket: Socket, fetch: Buffer): void {
    if (this.#isOver) endOf(socket);
    if (this.#isRegrouped) halveWait(fetch);
    this.#isRegrouped = false;
    if (this.#fetching.has(socket)) return;
    this.#fetching.add(socket);
    socket.once('close', () => this.#fetching.delete(socket));
  }
}

function isFetch(data: Uint8Array | string): data is Buffer {
  return Buffer.isBuffer(data) && data.length > keyAt + 1 && data.readInt16BE(keyAt) === fetchKey;
}

function halveWait(fetch: Buffer): void {
  const waitAt = nameLengthAt + 2 + fetch.readInt16BE(nameLengthAt) + replicaIdBytes;
  fetch.writeInt32BE(Math.ceil(fetch.readInt32BE(waitAt) / 2), waitAt);
}

function endOf(socket: Socket): void {
  socket.destroy(new Error('the consumer stops'));
}
