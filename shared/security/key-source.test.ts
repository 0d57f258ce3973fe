import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { signingKeyFile } from './key-source.ts';
import { createSigningKeys, readSigningKeys, rotateSigningKeys } from './signing-keys.ts';

const start = Date.parse('2026-11-22T10:00:00.000Z');

async function keyFile() {
  const folder = mkdtempSync(path.join(tmpdir(), 'lagerhaus-keys-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'keys.json');
  writeFileSync(file, await createSigningKeys());
  const time = { now: start };
  const errors: string[] = [];
  const warn = (message: string) => errors.push(message);
  return {
    file,
    time,
    errors,
    open: () => signingKeyFile(file, { clock: { now: () => new Date(time.now) }, warn }),
    async rotate() {
      const change = { now: new Date(time.now), retireAfterMs: 60_000 };
      writeFileSync(file, await rotateSigningKeys(readSigningKeys(file), change));
    },
  };
}

it('rotated signing keys are seen at once by now(), and within a second by recent()', async () => {
  const { open, rotate, time } = await keyFile();
  const [looking, glancing] = [open(), open()];
  await rotate();
  expect(looking.now().keys).toHaveLength(2);
  expect(looking.recent()).toBe(looking.now());
  expect(glancing.recent().keys).toHaveLength(1);
  time.now += 1_000;
  expect(glancing.recent().keys).toHaveLength(2);
});

it('unchanged signing keys stay the same object', async () => {
  const { open } = await keyFile();
  const keys = open();
  expect(keys.now()).toBe(keys.now());
});

it('a signing key file that is broken or gone leaves the keys as they were and causes a warning', async () => {
  const { open, file, errors } = await keyFile();
  const keys = open();
  const before = keys.now();
  writeFileSync(file, '{"keys":');
  expect(keys.now()).toBe(before);
  rmSync(file);
  expect(keys.now()).toBe(before);
  expect(errors).toHaveLength(2);
});

it('a signing key file that is no key set prevents the start', async () => {
  const { open, file } = await keyFile();
  writeFileSync(file, '{}');
  expect(open).toThrow(file);
});
