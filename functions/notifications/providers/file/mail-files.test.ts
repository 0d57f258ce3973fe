import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mailFiles } from './mail-files.ts';

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

describe('mails as files', () => {
  it('a mail is a file for its owner alone, and nothing else is left', async () => {
    const folder = mailFolder();
    expect(await mailFiles(folder).send(mail, patient)).toEqual({ kind: 'done', reference: mail.key });
    expect(readdirSync(folder)).toEqual(['key-1.eml']);
    expect(statSync(path.join(folder, 'key-1.eml')).mode & 0o777).toBe(0o600);
  });

  it('a mail that is sent several times at once, and again with another text, is there once as it was first', async () => {
    const folder = mailFolder();
    const provider = mailFiles(folder);
    await Promise.all([1, 2, 3].map(() => provider.send(mail, patient)));
    expect(await provider.send({ ...mail, body: 'Something else' }, patient)).toEqual({
      kind: 'done',
      reference: mail.key,
    });
    expect(readdirSync(folder)).toEqual(['key-1.eml']);
    expect(readFileSync(path.join(folder, 'key-1.eml'), 'utf8')).toContain('Your account is ready.');
  });

  it('a mail whose writing was cut off by a crash is written whole by the next attempt', async () => {
    const folder = mailFolder();
    const provider = mailFiles(folder);
    await provider.send({ ...mail, key: 'other' }, patient);
    writeFileSync(path.join(folder, '.key-1.eml.draft'), 'Date: Sun');
    await provider.send(mail, patient);
    expect(readdirSync(folder).toSorted()).toEqual(['key-1.eml', 'other.eml']);
    expect(readFileSync(path.join(folder, 'key-1.eml'), 'utf8')).toContain('Your account is ready.');
  });

  it('a folder that cannot be made is a failure that may pass', async () => {
    const folder = mailFolder();
    writeFileSync(folder, 'a file in its place');
    await expect(mailFiles(folder).send(mail, patient)).rejects.toThrow(/EEXIST|ENOTDIR/);
  });
});
