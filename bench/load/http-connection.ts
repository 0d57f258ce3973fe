import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  /** When a server that has no room now asks to come back, in milliseconds from now. */
  readonly retryAfterMs: number | undefined;
}

interface Waiting {
  readonly resolve: (answer: HttpAnswer) => void;
  readonly reject: (error: Error) => void;
}

const headEnd = Buffer.from('\r\n\r\n');

/**
 * One kept-alive connection that carries one request at a time, as bytes made beforehand. It knows of HTTP/1.1 what the
 * Functions host answers with (a Content-Length, no chunks), and so costs a fraction of what `node:http` does: the load
 * generator shares the cores with what it measures.
 */
export class HttpConnection implements Disposable {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #waiting: Waiting | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes) => this.#take(bytes));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the server has closed the connection')));
  }

  static async open(url: string): Promise<HttpConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, 'connect');
    return new HttpConnection(socket);
  }

  /** @throws Error when the connection breaks before the answer is there. */
  send(request: Buffer): Promise<HttpAnswer> {
    if (this.#waiting !== undefined) throw new Error('the connection still waits for an answer');
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  #take(bytes: Buffer): void {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    const bodyStart = this.#received.indexOf(headEnd) + headEnd.length;
    if (bodyStart < headEnd.length) return;
    const head = this.#received.toString('latin1', 0, bodyStart);
    const bodyEnd = bodyStart + Number(/\r\ncontent-length: (\d+)\r\n/i.exec(head)?.[1] ?? 0);
    if (this.#received.length < bodyEnd) return;
    const seconds = /\r\nretry-after: (\d+)\r\n/i.exec(head)?.[1];
    const answer = {
      status: Number(head.slice(9, 12)),
      body: this.#received.toString('utf8', bodyStart, bodyEnd),
      retryAfterMs: seconds === undefined ? undefined : Number(seconds) * 1_000,
    };
    this.#received = this.#received.subarray(bodyEnd);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(answer);
  }

  #fail(error: Error): void {
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }
}
