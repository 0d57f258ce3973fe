import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { Reader } from '../../kafka/protocol/reader.ts';
import { Writer } from '../../kafka/protocol/writer.ts';
import { eventually } from '../fixtures/eventually.ts';
import { FetchSockets } from './fetch-sockets.ts';

const [fetchKey, heartbeatKey] = [1, 12];

/** A request as far as it is read here: API key, version, correlation id, client, then for a fetch the replica and the wait. */
function request(key: number, waitMs: number): Buffer {
  return Buffer.concat(new Writer().int16(key).int16(11).int32(1).string('batches').int32(-1).int32(waitMs).frame());
}

it('only the first fetch after a group was shared out waits for half as long', async () => {
  const received: Buffer[] = [];
  const server = createServer((socket) => socket.on('data', (chunk) => received.push(chunk))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const sockets = new FetchSockets();
  const connected = Promise.withResolvers<void>();
  const socket = sockets.factory({
    host: '127.0.0.1',
    port: address.port,
    onConnect: connected.resolve,
  });
  onTestFinished(() => {
    socket.destroy();
    server.close();
  });
  await connected.promise;

  const sent = [
    request(fetchKey, 2_000),
    request(heartbeatKey, 2_000),
    request(fetchKey, 2_000),
    request(fetchKey, 2_000),
  ];
  for (const [index, one] of sent.entries()) {
    if (index === 1) sockets.regrouped();
    socket.write(one);
  }

  const size = sent.reduce((sum, { length }) => sum + length, 0);
  await eventually(() => expect(Buffer.concat(received)).toHaveLength(size));
  const reader = new Reader(Buffer.concat(received));
  const waits = sent.map(() => {
    reader.int32();
    const key = reader.int16();
    reader.int16();
    reader.int32();
    reader.nullableString();
    reader.int32();
    return [key, reader.int32()];
  });
  expect(waits).toEqual([
    [fetchKey, 2_000],
    [heartbeatKey, 2_000],
    [fetchKey, 1_000],
    [fetchKey, 2_000],
  ]);
});
