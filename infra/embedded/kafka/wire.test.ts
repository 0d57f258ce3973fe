import { describe, expect, it } from 'vitest';
import type { RequestSeen, Verdict } from '../faults/gate.ts';
import { ErrorCode } from './protocol/error-code.ts';
import type { Reader } from './protocol/reader.ts';
import type { KafkaServerOptions } from './server.ts';
import { batchOf } from './testing/batch-of.ts';
import { RawClient, writeProduce } from './testing/raw-client.ts';
import { clientOf, connectAdmin, createTopic, startServer } from './testing/server-under-test.ts';

const apiVersionsKey = 18;
const fetchKey = 1;
const listOffsetsKey = 2;
const findCoordinatorKey = 10;
const initProducerIdKey = 22;

async function serverWithTopic(options: Partial<KafkaServerOptions> = {}) {
  const server = await startServer(options);
  await createTopic(clientOf(server), 't');
  return { server, client: await RawClient.connect(server) };
}

const readVersions = (reader: Reader) => ({
  code: reader.int16(),
  apis: reader.array(() => ({ key: reader.int16(), min: reader.int16(), max: reader.int16() })),
});

describe('ApiVersions', () => {
  it('ApiVersions in an unsupported version is answered so that the client can fall back', async () => {
    const client = await RawClient.connect(await startServer());
    const answer = readVersions(await client.request(apiVersionsKey, 3, (writer) => writer.int8(0)));
    expect(answer.code).toBe(ErrorCode.UNSUPPORTED_VERSION);
    expect(answer.apis).toContainEqual({ key: apiVersionsKey, min: 0, max: 2 });
    expect(readVersions(await client.request(apiVersionsKey, 0, () => undefined)).code).toBe(ErrorCode.NONE);
  });

  it('ApiVersions lists neither transactions nor ACLs', async () => {
    const client = await RawClient.connect(await startServer());
    const { apis } = readVersions(await client.request(apiVersionsKey, 0, () => undefined));
    const keys = apis.map(({ key }) => key);
    expect(keys.filter((key) => [24, 25, 26, 27, 28, 29, 30, 31].includes(key))).toEqual([]);
  });
});

describe('malformed Kafka requests', () => {
  it.each([
    ['another protocol', 'GET / HTTP/1.1\r\n\r\n'],
    ['a frame over 100 MiB', Buffer.from([0x06, 0x40, 0x00, 0x01])],
    ['a negative length', Buffer.from([0xff, 0xff, 0xff, 0xff])],
    ['a frame without a header', Buffer.from([0, 0, 0, 1, 0])],
    ['an unsupported API', Buffer.from([0, 0, 0, 10, 0, 24, 0, 0, 0, 0, 0, 1, 0xff, 0xff])],
    ['a request that ends early', Buffer.from([0, 0, 0, 12, 0, 3, 0, 1, 0, 0, 0, 1, 0xff, 0xff, 0, 0])],
  ])('a connection is closed by %s, and the server keeps running', async (_, bytes) => {
    const server = await startServer();
    const client = await RawClient.connect(server);
    client.socket.write(bytes);
    await client.closed;
    expect(await (await connectAdmin(clientOf(server))).listTopics()).toEqual([]);
  });
});

describe('refused record batches', () => {
  const damaged = batchOf(['x']);
  damaged.writeUInt8(0x55, damaged.length - 1);
  const oldFormat = batchOf(['x']);
  oldFormat.writeInt8(1, 16);
  it.each([
    ['when its checksum is wrong', damaged, 'CORRUPT_MESSAGE'],
    ['when it is cut short', batchOf(['x']).subarray(0, 65), 'CORRUPT_MESSAGE'],
    ['when it is empty', Buffer.alloc(0), 'CORRUPT_MESSAGE'],
    ['when it has an older format', oldFormat, 'UNSUPPORTED_FOR_MESSAGE_FORMAT'],
    ['when it is two batches', Buffer.concat([batchOf(['x']), batchOf(['y'])]), 'INVALID_RECORD'],
    ['when it is part of a transaction', batchOf(['x'], { attributes: 0x10 }), 'INVALID_TXN_STATE'],
    ['when it is a control batch', batchOf(['x'], { attributes: 0x20 }), 'INVALID_RECORD'],
  ] as const)('a record batch is refused %s', async (_, batch, code) => {
    const { client } = await serverWithTopic();
    expect((await client.produce('t', batch)).code).toBe(ErrorCode[code]);
    expect(await client.produce('t', batchOf(['good']))).toEqual({ code: 0, offset: 0 });
  });
});

describe('an idempotent producer on the wire', () => {
  it('an idempotent producer that repeats a batch gets its first offset, and the batch is stored once', async () => {
    const { client } = await serverWithTopic();
    const reader = await client.request(initProducerIdKey, 1, (writer) => writer.string(null).int32(1_000));
    reader.int32();
    expect(reader.int16()).toBe(ErrorCode.NONE);
    const producerId = reader.int64();
    const send = (baseSequence: number) =>
      client.produce('t', batchOf(['a', 'b'], { producerId, producerEpoch: 0, baseSequence }));
    expect(await send(0)).toEqual({ code: 0, offset: 0 });
    expect(await send(2)).toEqual({ code: 0, offset: 2 });
    expect(await send(0)).toEqual({ code: 0, offset: 0 });
    expect((await send(6)).code).toBe(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(await send(4)).toEqual({ code: 0, offset: 4 });
  });
});

describe('a transactional producer', () => {
  // Of all errors this is the one after which no client tries again.
  const refusal = ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED;

  it('a transactional producer is refused an id in a way that it does not retry', async () => {
    const { client } = await serverWithTopic();
    const reader = await client.request(initProducerIdKey, 1, (writer) => writer.string('tx').int32(1_000));
    reader.int32();
    expect(reader.int16()).toBe(refusal);
  });

  it('a transactional producer is refused a coordinator in a way that it does not retry', async () => {
    const { client } = await serverWithTopic();
    const reader = await client.request(findCoordinatorKey, 1, (writer) => writer.string('tx').int8(1));
    reader.int32();
    expect([reader.int16(), reader.string()]).toEqual([refusal, 'transactions are not supported by this broker']);
  });
});

describe('ListOffsets', () => {
  it('ListOffsets refuses what asks for other things than the first, the next or a time', async () => {
    const { client } = await serverWithTopic();
    await client.produce('t', batchOf(['x']));
    const codeAt = async (time: number) => {
      const reader = await client.request(listOffsetsKey, 1, (writer) => {
        writer
          .int32(-1)
          .array(['t'], (_, name) => writer.string(name).array([0], (_, p) => writer.int32(p).int64(time)));
      });
      reader.int32(); // one topic
      reader.string();
      reader.int32(); // one partition
      reader.int32();
      return reader.int16();
    };
    const maxTimestamp = -3;
    expect([await codeAt(-1), await codeAt(-2), await codeAt(0)]).toEqual([0, 0, 0]);
    expect([await codeAt(maxTimestamp), await codeAt(-4)]).toEqual([
      ErrorCode.UNSUPPORTED_VERSION,
      ErrorCode.UNSUPPORTED_VERSION,
    ]);
  });
});

describe('producing without acknowledgements', () => {
  it('a Produce request without acknowledgements has no response, and the next request is answered', async () => {
    const { client } = await serverWithTopic();
    client.send(0, 7, (writer) => writeProduce(writer, 't', batchOf(['x']), 0));
    expect(await client.produce('t', batchOf(['y']))).toEqual({ code: 0, offset: 1 });
  });

  it('a failed Produce request without acknowledgements closes the connection', async () => {
    const { client } = await serverWithTopic();
    client.send(0, 7, (writer) => writeProduce(writer, 'nowhere', batchOf(['x']), 0));
    await client.closed;
  });
});

describe('a long-polling Fetch', () => {
  const fetch = (client: RawClient, offset: number, maxWaitMs: number) =>
    client.request(fetchKey, 4, (writer) => {
      writer.int32(-1).int32(maxWaitMs).int32(1).int32(1e6).int8(0);
      writer.array(['t'], (_, name) =>
        writer.string(name).array([0], (_, p) => writer.int32(p).int64(offset).int32(1e6)),
      );
    });
  const readFetch = (reader: Reader) => {
    for (const skip of [() => reader.int32(), () => reader.int32(), () => reader.string(), () => reader.int32()])
      skip();
    reader.int32();
    const code = reader.int16();
    for (let i = 0; i < 2; i++) reader.int64();
    reader.int32();
    return { code, bytes: reader.bytes().length };
  };

  it('a long-polling Fetch blocks no other connection and ends when a message arrives', async () => {
    const { server, client } = await serverWithTopic();
    const other = await RawClient.connect(server);
    const polled = fetch(client, 0, 600_000);
    expect(await other.produce('t', batchOf(['x']))).toEqual({ code: 0, offset: 0 });
    expect(readFetch(await polled)).toEqual({ code: 0, bytes: batchOf(['x']).length });
  });

  it.each([
    ['past the end', 5],
    ['before the start', -1],
  ])('a long-polling Fetch %s of the log is answered at once', async (_, offset) => {
    const { client } = await serverWithTopic();
    expect(readFetch(await fetch(client, offset, 600_000))).toEqual({ code: ErrorCode.OFFSET_OUT_OF_RANGE, bytes: 0 });
  });

  it('a long-polling Fetch ends when its topic is deleted', async () => {
    const { server, client } = await serverWithTopic();
    const polled = fetch(client, 0, 600_000);
    await (await connectAdmin(clientOf(server))).deleteTopics({ topics: ['t'] });
    expect(readFetch(await polled).code).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  });

  it('a long-polling Fetch is answered when the server stops', async () => {
    const { promise: fetching, resolve } = Promise.withResolvers<void>();
    const judge = ({ operation }: RequestSeen): Verdict => {
      if (operation === 'Fetch') resolve();
      return { kind: 'serve' };
    };
    const { server, client } = await serverWithTopic({ faults: { judge } });
    const polled = fetch(client, 0, 600_000);
    await fetching;
    await server.close();
    expect(readFetch(await polled)).toEqual({ code: 0, bytes: 0 });
  });
});
