import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { FrameSplitter } from '../protocol/frame-splitter.ts';
import { Reader } from '../protocol/reader.ts';
import { Writer } from '../protocol/writer.ts';
import type { KafkaServer } from '../server.ts';

/** Speaks the protocol field by field, for what no client library would send. */
export class RawClient {
  readonly socket: Socket;
  readonly closed: Promise<unknown>;
  readonly #frames = new FrameSplitter();
  readonly #waiting: ((frame: Buffer) => void)[] = [];
  #correlation = 0;

  /** @param socket is connected; see {@link RawClient.connect}. */
  constructor(socket: Socket) {
    this.socket = socket;
    this.closed = once(socket, 'close');
    socket.on('data', (chunk) => {
      this.#frames.push(chunk);
      for (let frame = this.#frames.next(1e9); frame !== undefined; frame = this.#frames.next(1e9))
        this.#waiting.shift()?.(frame);
    });
  }

  static async connect({ port }: KafkaServer): Promise<RawClient> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    onTestFinished(() => {
      socket.destroy();
    });
    return new RawClient(socket);
  }

  /** Sends a request and answers with its response, read up to behind the correlation id. */
  async request(key: number, version: number, write: (writer: Writer) => unknown): Promise<Reader> {
    const answer = this.#answer();
    this.send(key, version, write);
    const reader = new Reader(await answer);
    reader.int32();
    return reader;
  }

  /** Sends a frame that is no request, and answers with the frame that comes back. */
  async exchange(frame: Buffer): Promise<Buffer> {
    const answer = this.#answer();
    for (const part of new Writer().raw(frame).frame()) this.socket.write(part);
    return await answer;
  }

  #answer(): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(resolve);
      this.socket.once('close', () => reject(new Error('the connection was closed without an answer')));
    });
  }

  send(key: number, version: number, write: (writer: Writer) => unknown): void {
    const writer = new Writer()
      .int16(key)
      .int16(version)
      .int32(++this.#correlation)
      .string('raw');
    write(writer);
    for (const part of writer.frame()) this.socket.write(part);
  }

  /** Produces one batch to partition 0 and answers with error code and offset. */
  async produce(topic: string, batch: Buffer, acks = -1): Promise<{ code: number; offset: number }> {
    const answer = await this.request(0, 7, (writer) => writeProduce(writer, topic, batch, acks));
    answer.int32(); // one topic
    answer.string();
    answer.int32(); // one partition
    answer.int32();
    return { code: answer.int16(), offset: answer.int64() };
  }
}

export function writeProduce(writer: Writer, topic: string, batch: Buffer, acks: number): Writer {
  writer.string(null).int16(acks).int32(1_000);
  return writer.array([topic], (_, name) => writer.string(name).array([0], (_, p) => writer.int32(p).bytes(batch)));
}
