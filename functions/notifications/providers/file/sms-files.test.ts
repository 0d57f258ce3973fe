import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { smsFiles } from './sms-files.ts';

it('a text message that is sent twice is one file, which says whom it is for and what it says, until they are forgotten', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lagerhaus-sms-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const sms = { key: 'key-1', tenant: 'main', recipientId: 'ann', to: '+491701234567', text: 'It is on its way.' };
  const provider = smsFiles(folder);
  for (const text of [sms.text, 'Something else'])
    await provider.send({ ...sms, text, date: '2026-11-22T10:00:00.000Z' }, new AbortController().signal);
  const [file = '', ...more] = readdirSync(folder);
  expect(more).toEqual([]);
  expect(readFileSync(path.join(folder, file), 'utf8')).toBe(
    'To: +491701234567\nTenant: main\nDate: 2026-11-22T10:00:00.000Z\n\nIt is on its way.\n',
  );
  await provider.forget?.(sms);
  expect(readdirSync(folder)).toEqual([]);
});
