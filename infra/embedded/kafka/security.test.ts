import type { SASLOptions } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { selfSigned } from '../certificate/self-signed.ts';
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
