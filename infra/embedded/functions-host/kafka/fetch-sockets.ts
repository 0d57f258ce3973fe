import { connect, isIP, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

const keepAliveMs = 60_000;

/** Behind its length, a request begins with its API key; Fetch is 1. Source: https://kafka.apache.org/protocol#protocol_api_keys */
const [keyAt, fetchKey] = [4, 1];

/**
 * The sockets of a kafkajs client. It asks for events over a connection that nothing else goes by, and stops only once the broker
 * has answered, which may take as long as it was told to wait: so that nobody waits with it, those connections can be ended.
 */
export class FetchSockets {
  readonly #fetching = new Set<Socket>();
  #isOver = false;

  /** As kafkajs's own factory (src/network/socketFactory.js), and takes note of what is used for fetching. */
  readonly factory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
    const name = isIP(host) === 0 ? { servername: host } : {};
    const socket = ssl
      ? connectSecurely({ host, port, ...name, ...ssl }, onConnect)
      : connect({ host, port }, onConnect);
    socket.setKeepAlive(true, keepAliveMs);
    const { write } = socket;
    socket.write = (data: Uint8Array | string, ...rest: unknown[]): boolean => {
      if (isFetch(data)) this.#note(socket);
      return Reflect.apply(write, socket, [data, ...rest]);
    };
    return socket;
  };

  /** Ends what waits for events, now and from now on. To be called when the client is stopping: it takes the failure for the end. */
  end(): void {
    this.#isOver = true;
    for (const socket of this.#fetching) endOf(socket);
  }

  #note(socket: Socket): void {
    if (this.#isOver) endOf(socket);
    if (this.#fetching.has(socket)) return;
    this.#fetching.add(socket);
    socket.once('close', () => this.#fetching.delete(socket));
  }
}

function isFetch(data: Uint8Array | string): boolean {
  return Buffer.isBuffer(data) && data.length > keyAt + 1 && data.readInt16BE(keyAt) === fetchKey;
}

function endOf(socket: Socket): void {
  socket.destroy(new Error('the consumer stops'));
}
