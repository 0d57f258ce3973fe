import type { Socket } from 'node:net';
import type { Ending, Session } from './api/api.ts';
import { writeUnsupportedApiVersions } from './api/session/api-versions.ts';
import { serveBareToken } from './api/session/bare-token.ts';
import type { ApiTable } from './api/table.ts';
import type { Broker } from './broker.ts';
import { FrameSplitter } from './protocol/frame-splitter.ts';
import { ProtocolError, Reader } from './protocol/reader.ts';
import { Writer } from './protocol/writer.ts';

/** Kafka's `socket.request.max.bytes`. */
const maxFrameBytes = 100 * 1024 * 1024;
/** Kafka's `sasl.server.max.receive.size`: a client that has not authenticated may not fill the memory. */
const maxFrameBytesBeforeAuthentication = 512 * 1024;
/** Behind a request that takes its time, this much is read ahead before the socket is paused. */
const readAheadBytes = 1024 * 1024;
/** How long a client may take to read its last answers when the server stops. */
const closeTimeoutMs = 1_000;

const apiVersionsKey = 18;
/** What a client may ask before it has authenticated: SaslHandshake, ApiVersions, SaslAuthenticate. */
const keysBeforeAuthentication = [17, apiVersionsKey, 36];

/** One client: its requests are served one after the other, in their order, as Kafka does. */
export class Connection {
  readonly #socket: Socket;
  readonly #broker: Broker;
  readonly #apis: ApiTable;
  readonly #frames = new FrameSplitter();
  readonly #gone = new AbortController();
  readonly #session: Session;
  #isServing = false;
  #served = Promise.resolve();
  #expiry: NodeJS.Timeout | undefined;

  constructor(socket: Socket, broker: Broker, apis: ApiTable) {
    this.#socket = socket;
    this.#broker = broker;
    this.#apis = apis;
    this.#session = {
      remoteAddress: socket.remoteAddress ?? '',
      closed: this.#gone.signal,
      mechanism: undefined,
      sendsBareTokens: false,
      authenticated: broker.users === undefined,
      expireAt: (time) => this.#expireAt(time),
    };
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('close', () => {
      clearTimeout(this.#expiry);
      this.#gone.abort();
    });
    // A reset connection is the client's right; 'close' follows and cleans up.
    socket.on('error', () => socket.destroy());
  }

  /** Ends the connection when what is under way has been answered, or cannot be any more. */
  async close(): Promise<void> {
    if (this.#socket.destroyed) return;
    const closed = new Promise<void>((resolve) => this.#socket.once('close', () => resolve()));
    const forceClose = setTimeout(() => this.#socket.destroy(), closeTimeoutMs);
    await Promise.race([this.#served, closed]);
    this.#socket.destroySoon();
    await closed;
    clearTimeout(forceClose);
  }

  /** Event Hubs cuts a connection whose token has run out, whatever is under way. */
  #expireAt(time: number): void {
    clearTimeout(this.#expiry);
    this.#expiry = setTimeout(() => this.#socket.destroy(), time - Date.now()).unref();
  }

  #onData(chunk: Buffer): void {
    this.#frames.push(chunk);
    if (!this.#isServing) this.#served = this.#serveAll();
    else if (this.#frames.pendingBytes > readAheadBytes) this.#socket.pause();
  }

  async #serveAll(): Promise<void> {
    this.#isServing = true;
    try {
      while (!this.#broker.stopping.aborted && this.#socket.writable) {
        const limit = this.#session.authenticated ? maxFrameBytes : maxFrameBytesBeforeAuthentication;
        const frame = this.#frames.next(limit);
        if (frame === undefined) break;
        const isToken = this.#session.sendsBareTokens && !this.#session.authenticated;
        await (isToken ? this.#serveToken(frame) : this.#serve(frame));
      }
    } catch (error) {
      // Bytes that are no request are the client's fault: Kafka closes the connection too. Anything else is ours.
      if (!(error instanceof ProtocolError)) console.error('Kafka broker: a request failed:', error);
      this.#socket.destroy();
    } finally {
      this.#isServing = false;
      this.#socket.resume();
    }
  }

  async #serve(frame: Buffer): Promise<void> {
    const reader = new Reader(frame);
    const key = reader.int16();
    const version = reader.int16();
    const writer = new Writer().int32(reader.int32()); // the correlation id leads the answer too
    const clientId = reader.nullableString() ?? '';
    const api = this.#apis.get(key);
    if (!this.#session.authenticated && !keysBeforeAuthentication.includes(key)) {
      throw new ProtocolError(`API ${key} before authentication`);
    }
    if (api === undefined || version < api.minVersion || version > api.maxVersion) {
      if (key !== apiVersionsKey) throw new ProtocolError(`API ${key} is not offered in version ${version}`);
      writeUnsupportedApiVersions(writer, [...this.#apis.values()]);
      this.#finish('answer', writer);
      return;
    }
    const call = { broker: this.#broker, session: this.#session, clientId, version };
    this.#finish(await api.handle(reader, writer, call), writer);
    if (this.#socket.writableNeedDrain) await this.#drained();
  }

  async #serveToken(token: Buffer): Promise<void> {
    this.#finish(await serveBareToken(token, { broker: this.#broker, session: this.#session }), new Writer());
  }

  #finish(ending: Ending, writer: Writer): void {
    if (ending === 'close') this.#socket.destroy();
    if (this.#socket.destroyed || ending === 'no-answer') return;
    this.#socket.cork();
    for (const part of writer.frame()) this.#socket.write(part);
    this.#socket.uncork();
    if (ending === 'answer-and-close') this.#socket.destroySoon();
  }

  /** Waits for a client that reads slower than it asks. */
  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#socket.off('drain', done);
        this.#socket.off('close', done);
        resolve();
      };
      this.#socket.on('drain', done);
      this.#socket.on('close', done);
    });
  }
}
