import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect, createServer } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { selfSigned } from './self-signed.ts';
import { storedCertificate } from './stored.ts';

describe('a self-signed certificate', () => {
  it.each([
    '127.0.0.1',
    'localhost',
  ])('a self-signed certificate is trusted for %s by a client that has it as its authority', async (servername) => {
    const { key, cert } = await selfSigned(new Date());
    const server = createServer({ key, cert }, (socket) => socket.end('hello')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const socket = connect({
      host: '127.0.0.1',
      port,
      ca: cert,
      ...(servername === 'localhost' ? { servername } : {}),
    });
    const [data] = await once(socket, 'data');
    expect(String(data)).toBe('hello');
    expect(socket.authorized).toBe(true);
    server.close();
  });

  it('a self-signed certificate is valid for ten years and for these names only, and signs itself', async () => {
    const certificate = new X509Certificate((await selfSigned(new Date('2026-11-23T10:00:00Z'))).cert);
    expect(certificate.validFromDate).toEqual(new Date('2026-11-23T10:00:00Z'));
    expect(certificate.validToDate).toEqual(new Date('2036-11-23T10:00:00Z'));
    expect(certificate.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1');
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.ca).toBe(true);
  });
});

describe('the stored certificate', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'certificate-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('the stored certificate stays the same from start to start, so that clients keep trusting it', async () => {
    const first = await storedCertificate(folder);
    expect(await storedCertificate(folder)).toEqual(first);
  });

  it('the stored certificate is replaced once it has expired', async () => {
    const old = await storedCertificate(folder, new Date('2010-01-01T00:00:00Z'));
    expect((await storedCertificate(folder)).cert).not.toBe(old.cert);
  });
});
