import type { SASLOptions } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { selfSigned } from '../certificate/self-signed.ts';
import { ErrorCode } from './protocol/error-code.ts';
import { RawClient } from './testing/raw-client.ts';
import { clientOf, connectAdmin, startServer } from './testing/server-under-test.ts';

const users = { alice: 'secret', $ConnectionString: 'Endpoint=sb://x/;SharedAccessKey=y=' };
const plain = (username: string, password: string): SASLOptions => ({ mechanism: 'plain', username, password });

describe('SASL PLAIN', () => {
  it.each(Object.entries(users))('SASL PLAIN accepts %s with the right password', async (name, password) => {
    const server = await startServer({ users });
    const admin = await connectAdmin(clientOf(server, { sasl: plain(name, password) }));
    expect(await admin.listTopics()).toEqual([]);
  });

  it.each([
    ['a wrong password', plain('alice', 'wrong')],
    ['an unknown user', plain('mallory', 'secret')],
    ['no password', plain('alice', '')],
  ])('SASL PLAIN refuses %s with a reason', async (_, sasl) => {
    const server = await startServer({ users });
    const connecting = clientOf(server, { sasl, retry: { retries: 0 } })
      .admin()
      .connect();
    await expect(connecting).rejects.toThrow('Authentication failed: Invalid username or password');
  });

  it('a SASL mechanism other than PLAIN is refused with a reason', async () => {
    const server = await startServer({ users });
    const sasl: SASLOptions = { mechanism: 'scram-sha-256', username: 'alice', password: 'secret' };
    const connecting = clientOf(server, { sasl, retry: { retries: 0 } })
      .admin()
      .connect();
    await expect(connecting).rejects.toMatchObject({ message: expect.stringMatching(/SASL|mechanism/i) });
  });

  describe('version 0 of SaslHandshake', () => {
    const handshakeKey = 17;
    const metadataKey = 3;

    async function afterHandshake() {
      const client = await RawClient.connect(await startServer({ users }));
      const answer = await client.request(handshakeKey, 0, (writer) => writer.string('PLAIN'));
      expect([answer.int16(), answer.array(() => answer.string())]).toEqual([ErrorCode.NONE, ['PLAIN']]);
      return client;
    }

    it('SASL PLAIN takes the right password as bare bytes after version 0 of SaslHandshake, and answers with none', async () => {
      const client = await afterHandshake();
      expect(await client.exchange(Buffer.from('\0alice\0secret'))).toHaveLength(0);
      const answer = await client.request(metadataKey, 1, (writer) => writer.array([], () => undefined));
      expect(answer.array(() => [answer.int32(), answer.string()])).toEqual([[0, '127.0.0.1']]);
    });

    it('SASL PLAIN disconnects a client that sends a wrong password as bare bytes', async () => {
      const client = await afterHandshake();
      await expect(client.exchange(Buffer.from('\0alice\0wrong'))).rejects.toThrow('closed without an answer');
    });

    it('SASL PLAIN disconnects a client that sends a request where bare bytes are due', async () => {
      const client = await afterHandshake();
      client.send(metadataKey, 1, (writer) => writer.int32(-1));
      await client.closed;
    });

    it('a client that is authenticated cannot go back to version 0 of SaslHandshake', async () => {
      const client = await afterHandshake();
      await client.exchange(Buffer.from('\0alice\0secret'));
      const answer = await client.request(handshakeKey, 0, (writer) => writer.string('PLAIN'));
      expect(answer.int16()).toBe(ErrorCode.ILLEGAL_SASL_STATE);
    });
  });

  it('a client that sends a request before it authenticates is disconnected', async () => {
    const client = await RawClient.connect(await startServer({ users }));
    client.send(3, 1, (writer) => writer.int32(-1));
    await client.closed;
  });
});

describe('Kafka over TLS', () => {
  it('Kafka over TLS serves clients that trust the certificate, with and without SASL', async () => {
    const tls = await selfSigned(new Date(Date.now() - 60_000));
    for (const options of [{ tls }, { tls, users }]) {
      const server = await startServer(options);
      const sasl = 'users' in options ? { sasl: plain('alice', 'secret') } : {};
      const admin = await connectAdmin(clientOf(server, { ssl: { ca: tls.cert }, ...sasl }));
      expect(await admin.listTopics()).toEqual([]);
    }
  });

  it('Kafka over TLS disconnects clients that do not speak TLS and keeps running', async () => {
    const tls = await selfSigned(new Date(Date.now() - 60_000));
    const server = await startServer({ tls });
    const client = await RawClient.connect(server);
    client.send(18, 0, () => undefined);
    await client.closed;
    expect(await (await connectAdmin(clientOf(server, { ssl: { ca: tls.cert } }))).listTopics()).toEqual([]);
  });

  it('Kafka over TLS with a malformed key is refused at the start with what to change', async () => {
    await expect(startServer({ tls: { key: 'nonsense', cert: 'nonsense' } })).rejects.toThrow('Give both as PEM texts');
  });
});
