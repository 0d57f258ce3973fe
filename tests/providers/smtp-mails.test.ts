import { generate } from 'selfsigned';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type MailServer, smtpMails } from '../../functions/notifications/providers/smtp/smtp-mails.ts';
import { mail } from '../rigs/providers/mail.ts';
import { startMailServer } from '../rigs/providers/mail-server.ts';
import { trust } from '../rigs/providers/trust.ts';
import { eventually } from '../rigs/stack/eventually.ts';

const patient = new AbortController().signal;

async function mailServer(...options: Parameters<typeof startMailServer>) {
  const server = await startMailServer(...options);
  onTestFinished(() => server.close());
  const provider = (change: Partial<MailServer> = {}) =>
    smtpMails({ host: '127.0.0.1', port: server.port, tls: 'off', sender: 'shop@lagerhaus.example', ...change });
  return { server, provider };
}

/** A server that speaks TLS, by a certificate that nobody vouches for. */
async function secureMailServer(options: Parameters<typeof startMailServer>[0] = {}) {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }]);
  return { ...(await mailServer({ key, cert, ...options })), cert };
}

describe('mails by SMTP', () => {
  it('a mail goes out from the address that is set, to its recipient, under its key', async () => {
    const { server, provider } = await mailServer();
    expect(await provider().send(mail, patient)).toEqual({ kind: 'done', reference: mail.key });
    expect(server.taken).toMatchObject([
      { from: 'shop@lagerhaus.example', to: ['ann@example.com'], messageId: `<${mail.key}@lagerhaus.example>` },
    ]);
    expect(server.taken[0]?.text).toContain('\r\nFrom: Lagerhaus <shop@lagerhaus.example>\r\n');
    await eventually(() => expect(server.clients).toEqual({ seen: 1, open: 0 }));
  });

  it.each([
    ['recipient', 550, 'refused'],
    ['recipient', 553, 'refused'],
    ['data', 552, 'refused'],
    ['data', 554, 'refused'],
    ['recipient', 450, 'failed'],
    ['recipient', 451, 'failed'],
    ['recipient', 452, 'failed'],
  ] as const)('a mail whose %s is answered %i is %s, and the server counts as well', async (at, code, kind) => {
    const { server, provider } = await mailServer();
    server.trouble = { at, code };
    expect(await provider().send(mail, patient)).toMatchObject({ kind });
    expect(server.taken).toEqual([]);
  });

  it.each([
    ['greeting', 421],
    ['greeting', 554],
    ['sender', 421],
    ['sender', 451],
    ['sender', 550],
    ['recipient', 421],
    ['data', 421],
    ['data', 451],
    ['data', 503],
  ] as const)('a server that answers %s by %i is in trouble itself: the mail may be sent later', async (at, code) => {
    const { server, provider } = await mailServer();
    server.trouble = { at, code };
    await expect(provider().send(mail, patient)).rejects.toThrow(`the mail server said ${code}`);
    server.trouble = undefined;
    expect(await provider().send(mail, patient)).toEqual({ kind: 'done', reference: mail.key });
  });

  it.each([
    'greeting',
    'sender',
    'recipient',
    'data',
  ] as const)('a server that never answers %s is left when the attempt is over', async (at) => {
    const { server, provider } = await mailServer();
    server.trouble = { at, kind: 'never-answers' };
    await expect(provider().send(mail, AbortSignal.timeout(300))).rejects.toThrow('has not answered');
    await eventually(() => expect(server.clients).toEqual({ seen: 1, open: 0 }));
  });

  it.each([
    'cuts-the-connection',
    'never-answers',
  ] as const)('a mail that was taken by a server that then %s is sent again as it was, under the same Message-ID', async (kind) => {
    const { server, provider } = await mailServer();
    server.trouble = { at: 'data', kind };
    await expect(provider().send(mail, AbortSignal.timeout(500))).rejects.toThrow('has not answered');
    server.trouble = undefined;
    expect(await provider().send(mail, patient)).toEqual({ kind: 'done', reference: mail.key });
    expect(server.taken).toHaveLength(2);
    expect(server.taken[1]?.text).toBe(server.taken[0]?.text);
  });

  it('a server that is not there is a failure that may pass', async () => {
    const { server, provider } = await mailServer();
    await server.close();
    await expect(provider().send(mail, patient)).rejects.toThrow('the mail server was not reached');
  });

  it('nothing that a server writes gets into the reason, since servers quote addresses', async () => {
    const { server, provider } = await mailServer();
    server.trouble = { at: 'recipient', code: 550, text: '5.1.1 <ann@example.com>: there is no Ann' };
    expect(await provider().send(mail, patient)).toEqual({
      kind: 'refused',
      reason: 'the mail server said 550 5.1.1 to RCPT TO',
    });
    server.trouble = { at: 'sender', code: 451, text: 'not from you, ann@example.com' };
    await expect(provider().send(mail, patient)).rejects.toThrow(/^the mail server said 451 to MAIL FROM$/);
  });

  it('an address that would end the command that it stands in is refused, and no command is made of it', async () => {
    const { server, provider } = await mailServer();
    for (const to of [
      'ann@example.com>\r\nRCPT TO:<all@example.com',
      'ann@example.com\nDATA',
      '<ann@example.com',
      'ann@example.com,bea@example.com',
      'ann',
    ])
      expect(await provider().send({ ...mail, to }, patient)).toMatchObject({ kind: 'refused' });
    expect(server.taken).toEqual([]);
  });

  it('line breaks in the subject and the name of the sender add no header, and none in the body ends the mail', async () => {
    const { server, provider } = await mailServer();
    const sly = 'Hello\r\nBcc: all@example.com';
    await provider().send(
      { ...mail, subject: sly, senderName: sly, body: 'Dear Ann\r\n.\r\nMAIL FROM:<x@y.z>' },
      patient,
    );
    expect(server.taken).toHaveLength(1);
    const [head = '', body] = server.taken[0]?.text.split('\r\n\r\n') ?? [];
    expect(head).not.toMatch(/^Bcc/m);
    expect(body).toBe('Dear Ann\r\n.\r\nMAIL FROM:<x@y.z>\r\n');
    expect(server.taken[0]?.to).toEqual(['ann@example.com']);
  });
});

describe('a mail server with TLS', () => {
  it('STARTTLS and a login protect a mail and who sends it', async () => {
    const { server, provider, cert } = await secureMailServer({
      authOptional: false,
      onAuth: ({ username, password }, _, done) =>
        done(null, username === 'shop' && password === 'secret' ? { user: username } : {}),
    });
    trust(cert);
    const login = { user: 'shop', pass: 'secret' };
    expect(await provider({ host: 'localhost', tls: 'starttls', login }).send(mail, patient)).toEqual({
      kind: 'done',
      reference: mail.key,
    });
    expect(server.taken).toMatchObject([{ isSecure: true, user: 'shop' }]);
    const wrong = provider({ host: 'localhost', tls: 'starttls', login: { user: 'shop', pass: 'guess' } });
    await expect(wrong.send(mail, patient)).rejects.toThrow('the mail server said 535 to AUTH');
    expect(server.taken).toHaveLength(1);
  });

  it('a server that speaks TLS from the start takes a mail', async () => {
    const { server, provider, cert } = await secureMailServer({ secure: true });
    trust(cert);
    expect(await provider({ host: 'localhost', tls: 'tls' }).send(mail, patient)).toEqual({
      kind: 'done',
      reference: mail.key,
    });
    expect(server.taken).toMatchObject([{ isSecure: true }]);
  });

  it('nothing is sent in the clear where the server does not offer STARTTLS', async () => {
    const { server, provider } = await mailServer();
    await expect(provider({ tls: 'starttls' }).send(mail, patient)).rejects.toThrow('mail server');
    expect(server.taken).toEqual([]);
  });

  it('nothing is sent to a server whose certificate nobody vouches for', async () => {
    const { server, provider } = await secureMailServer();
    await expect(provider({ host: 'localhost', tls: 'starttls' }).send(mail, patient)).rejects.toThrow('mail server');
    expect(server.taken).toEqual([]);
  });
});
