import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { smsFiles } from './sms-files.ts';

it('a text message that is sent twice is one file, which says whom it is for and what it says', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lagerhaus-sms-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const sms = { key: 'key-1', tenant: 'main', recipientId: 'ann', to: '+491701234567', text: 'It is on its way.' };
  const provider = smsFiles(folder);
  for (const text of [sms.text, 'Something else'])
    await provider.send({ ...sms, text, date: '2026-11-22T10:00:00.000Z' }, new AbortController().signal);
  expect(readdirSync(folder)).toEqual(['key-1.txt']);
  expect(readFileSync(path.join(folder, 'key-1.txt'), 'utf8')).toBe(
    'To: +491701234567\nTenant: main\nDate: 2026-11-22T10:00:00.000Z\n\nIt is on its way.\n',
  );
});
