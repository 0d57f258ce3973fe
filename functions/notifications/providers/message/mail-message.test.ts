import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayName, encodedHeader, quotedPrintable } from './mail-encoding.ts';
import { mailMessage } from './mail-message.ts';

const sender = 'no-reply@lagerhaus.invalid';
const mail = {
  key: '7f2f7d0c-93f4-8e0a-8f0a-3c1f5a0d9b11',
  tenant: 'main',
  recipientId: 'CUST-123',
  to: 'ann@example.com',
  senderName: 'Lagerhaus',
  subject: 'Your order was confirmed',
  body: 'Order o1 was confirmed.',
  date: '2026-11-22T10:00:00.000Z',
};

/** As a mail program reads it. */
const decodedBody = (text: string) =>
  Buffer.from(
    text
      .replaceAll('=\r\n', '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString();
const decodedHeader = (text: string) =>
  text
    .split('\r\n ')
    .map((word) => /^=\?utf-8\?B\?(.*)\?=$/.exec(word)?.[1])
    .map((word) => (word === undefined ? text : Buffer.from(word, 'base64').toString()))
    .join('');

describe('a mail', () => {
  it('a mail has all headers that an Internet message needs, and its key as Message-ID', () => {
    expect(mailMessage(mail, sender).split('\r\n')).toEqual([
      'Date: Sun, 22 Nov 2026 10:00:00 +0000',
      'From: Lagerhaus <no-reply@lagerhaus.invalid>',
      'To: <ann@example.com>',
      'Message-ID: <7f2f7d0c-93f4-8e0a-8f0a-3c1f5a0d9b11@lagerhaus.invalid>',
      'Subject: Your order was confirmed',
      'X-Lagerhaus-Tenant: main',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Order o1 was confirmed.',
      '',
    ]);
  });

  it('a mail has no more headers, whatever line breaks are in its subject, in its sender and in whom it is for', () => {
    const sly = 'a"\r\nBcc: all@example.com';
    const text = mailMessage({ ...mail, subject: sly, senderName: sly, to: sly }, sender);
    const [head = ''] = text.split('\r\n\r\n');
    expect(head).not.toMatch(/^Bcc/m);
    expect(head.split('\r\n')).toHaveLength(9);
  });

  it('the lines of a mail are short and plain ASCII, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 300 }), (body, subject) => {
        for (const line of mailMessage({ ...mail, body, subject }, sender).split('\r\n'))
          expect(line).toMatch(/^[\x20-\x7e]{0,98}$/);
      }),
    );
  });

  it('a body is read as it was written, but for the kind of its line breaks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (body) => {
        expect(decodedBody(quotedPrintable(body))).toBe(body.replaceAll(/\r\n|\r|\n/g, '\r\n'));
      }),
    );
  });

  it('a sender’s name is read as it was written, and needs no quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }), (name) => {
        expect(decodedHeader(displayName(name))).toBe(name);
        expect(displayName(name)).toMatch(/^[A-Za-z0-9 =?+/\-\r\n]+$/);
      }),
    );
  });

  it('a subject is read as it was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (subject) => {
        expect(decodedHeader(encodedHeader(subject))).toBe(subject);
      }),
    );
  });
});
