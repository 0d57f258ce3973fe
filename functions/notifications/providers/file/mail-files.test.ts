import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mailFiles } from './mail-files.ts';
import { fileNameOf } from './message-file.ts';

const mail = {
  key: 'key-1',
  tenant: 'main',
  recipientId: 'ann',
  to: 'ann@example.com',
  senderName: 'Lagerhaus',
  subject: 'Welcome',
  body: 'Your account is ready.',
  date: '2026-11-22T10:00:00.000Z',
};
const patient = new AbortController().signal;

function mailFolder(): string {
  const parent = mkdtempSync(path.join(tmpdir(), 'lagerhaus-mail-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  return path.join(parent, 'mail');
}

/** The names of the files there, of which there is one. */
function expectOne(folder: string): readonly string[] {
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^[0-9a-f]{32}\.key-1\.eml$/)]);
  return readdirSync(folder);
}

/** Leaves what a crash leaves while a mail is written. */
function cutOff(folder: string, message: typeof mail): void {
  writeFileSync(path.join(folder, `.${fileNameOf(message, 'eml')}.draft`), 'Date: Sun');
}

describe('mails as files', () => {
  it('a mail is a file for its owner alone, and nothing else is left', async () => {
    const folder = mailFolder();
    expect(await mailFiles(folder).send(mail, patient)).toEqual({ kind: 'done', reference: mail.key });
    const [file = ''] = expectOne(folder);
    expect(statSync(path.join(folder, file)).mode & 0o777).toBe(0o600);
  });

  it('a mail that is sent several times at once, and again with another text, is there once as it was first', async () => {
    const folder = mailFolder();
    const provider = mailFiles(folder);
    await Promise.all([1, 2, 3].map(() => provider.send(mail, patient)));
    expect(await provider.send({ ...mail, body: 'Something else' }, patient)).toEqual({
      kind: 'done',
      reference: mail.key,
    });
    const [file = ''] = expectOne(folder);
    expect(readFileSync(path.join(folder, file), 'utf8')).toContain('Your account is ready.');
  });

  it('a mail whose writing was cut off by a crash is written whole by the next attempt', async () => {
    const folder = mailFolder();
    const provider = mailFiles(folder);
    await provider.send({ ...mail, key: 'other' }, patient);
    cutOff(folder, mail);
    await provider.send(mail, patient);
    expect(readdirSync(folder).toSorted()).toEqual(
      [fileNameOf({ ...mail, key: 'other' }, 'eml'), fileNameOf(mail, 'eml')].toSorted(),
    );
    expect(readFileSync(path.join(folder, fileNameOf(mail, 'eml')), 'utf8')).toContain('Your account is ready.');
  });

  it('mails are forgotten of one person in one tenant, also those that were cut off, and again where none are left', async () => {
    const folder = mailFolder();
    const provider = mailFiles(folder);
    await provider.forget?.(mail);
    const others = [
      { ...mail, tenant: 'acme' },
      { ...mail, recipientId: 'ann2' },
      { ...mail, recipientId: '../ann/\\:*' },
    ];
    for (const one of [mail, { ...mail, key: 'key-2' }, ...others]) await provider.send(one, patient);
    cutOff(folder, { ...mail, key: 'key-3' });
    for (let times = 0; times < 2; times += 1) await provider.forget?.(mail);
    expect(readdirSync(folder).toSorted()).toEqual(others.map((one) => fileNameOf(one, 'eml')).toSorted());
    for (const one of others) await provider.forget?.(one);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('mails of before their names said whose they are go with whoever is forgotten first, and nothing that is no mail of ours does', async () => {
    const folder = mailFolder();
    const provider = mailFiles(folder);
    await provider.send(mail, patient);
    const old = '7f2f7d0c-93f4-8e0a-8f0a-3c1f5a0d9b11.eml';
    for (const name of [old, `.${old}.draft`, 'holidays.eml']) writeFileSync(path.join(folder, name), 'To: somebody');
    await provider.forget?.({ tenant: 'main', recipientId: 'bob' });
    expect(readdirSync(folder).toSorted()).toEqual([fileNameOf(mail, 'eml'), 'holidays.eml'].toSorted());
  });

  it('a folder that cannot be looked into is a failure, and no mail counts as forgotten', async () => {
    const folder = mailFolder();
    writeFileSync(folder, 'a file in its place');
    await expect(mailFiles(folder).forget?.(mail)).rejects.toThrow(/ENOTDIR/);
  });

  it('a folder that cannot be made is a failure that may pass', async () => {
    const folder = mailFolder();
    writeFileSync(folder, 'a file in its place');
    await expect(mailFiles(folder).send(mail, patient)).rejects.toThrow(/EEXIST|ENOTDIR/);
  });
});
