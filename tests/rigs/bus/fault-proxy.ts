import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { Certificate } from '../../../infra/embedded/certificate/self-signed.ts';
import type { FaultGate, RequestSeen } from '../../../infra/embedded/faults/gate.ts';
import { apiTable } from '../../../infra/embedded/kafka/api/table.ts';
import { profiles } from '../../../infra/embedded/kafka/profiles.ts';
import { FrameSplitter } from '../../../infra/embedded/kafka/protocol/frame-splitter.ts';
import { Reader } from '../../../infra/embedded/kafka/protocol/reader.ts';

export interface FaultProxyOptions {
  readonly port: number;
  /** What the broker behind it shows, so that clients see no difference. */
  readonly certificate: Certificate;
  readonly gate: FaultGate;
  /** The port of the broker's listener for it. */
  readonly behind: number;
}

export interface FaultProxy {
  close(): Promise<void>;
}

const apis = apiTable(profiles.kafka);
const largestFrame = 100 * 1024 * 1024;

/**
 * Stands between clients and a real broker and asks the gate about each request, as the embedded broker does: a request is
 * held, dropped, or applied and its answer dropped.
 */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const server = createServer(options.certificate);
  const sockets = new Set<Socket>();
  server.on('secureConnection', (client) => {
    const broker = connect(options.behind, '127.0.0.1');
    for (const [socket, other] of [
      [client, broker],
      [broker, client],
    ] as const) {
      sockets.add(socket);
      // An error is followed by close; a connection is over when one of its ends is.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    new ProxiedConnection(client, broker, options.gate);
  });
  await once(server.listen(options.port, '127.0.0.1'), 'listening');
  return {
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** Requests go one after the other, so that one that is held keeps those behind it waiting; answers go as they come. */
class ProxiedConnection {
  readonly #client: Socket;
  readonly #broker: Socket;
  readonly #gate: FaultGate;
  readonly #requests = new FrameSplitter();
  readonly #answers = new FrameSplitter();
  /** The request whose answer ends the connection. */
  #lastAnswer: number | undefined;
  #isServing = false;

  constructor(client: Socket, broker: Socket, gate: FaultGate) {
    this.#client = client;
    this.#broker = broker;
    this.#gate = gate;
    client.on('data', (chunk: Buffer) => {
      this.#requests.push(chunk);
      if (!this.#isServing) void this.#serve();
    });
    broker.on('data', (chunk: Buffer) => this.#answer(chunk));
  }

  async #serve(): Promise<void> {
    this.#isServing = true;
    for (;;) {
      const frame = this.#requests.next(largestFrame);
      if (frame === undefined || this.#lastAnswer !== undefined) break;
      const { request, correlationId } = seenIn(frame);
      const verdict = await this.#gate.judge(request);
      if (verdict.kind === 'refuse') throw new Error('a real broker cannot be made to refuse a request');
      if (verdict.kind === 'drop') this.#client.destroy();
      if (verdict.kind === 'apply-then-drop') this.#lastAnswer = correlationId;
      if (this.#client.destroyed) break;
      send(this.#broker, frame);
    }
    this.#isServing = false;
  }

  #answer(chunk: Buffer): void {
    this.#answers.push(chunk);
    for (;;) {
      const frame = this.#answers.next(largestFrame);
      if (frame === undefined) return;
      if (frame.readInt32BE(0) === this.#lastAnswer) return void this.#client.destroy();
      send(this.#client, frame);
    }
  }
}

function seenIn(frame: Buffer): { request: RequestSeen; correlationId: number } {
  const reader = new Reader(frame);
  const api = apis.get(reader.int16());
  const version = reader.int16();
  const correlationId = reader.int32();
  const client = reader.nullableString() ?? '';
  const isKnown = api !== undefined && version <= api.maxVersion;
  const targets = isKnown ? api.targets(reader, version) : [];
  return { request: { server: 'kafka', operation: api?.name ?? '', targets, client }, correlationId };
}

function send(socket: Socket, frame: Buffer): void {
  const length = Buffer.alloc(4);
  length.writeInt32BE(frame.length);
  socket.cork();
  socket.write(length);
  socket.write(frame);
  socket.uncork();
}
