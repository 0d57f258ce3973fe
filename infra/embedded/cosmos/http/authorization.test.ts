import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { emulatorKey } from '../server.ts';
import { MasterKey } from './authorization.ts';

const key = Buffer.from(emulatorKey, 'base64');
const signatureOf = (text: string) => createHmac('sha256', key).update(text).digest('base64');

it('a signature that was right once is right again, and for nothing else', () => {
  const master = new MasterKey(emulatorKey);
  const signature = signatureOf('get docs');
  expect(master.hasSigned('delete docs', signature)).toBe(false);
  expect(master.hasSigned('get docs', signature)).toBe(true);
  expect(master.hasSigned('get docs', signature)).toBe(true);
  expect(master.hasSigned('delete docs', signature)).toBe(false);
  expect(master.hasSigned('get docs', 'short')).toBe(false);
});
