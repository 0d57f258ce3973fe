import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServerUnderTest, startForTest } from './server-under-test.ts';

let tested: ServerUnderTest;
beforeAll(async () => {
  tested = await startForTest();
});
afterAll(() => tested[Symbol.asyncDispose]());

/** Whether these bytes are on the disk, wherever the database has them. */
const isOnDisk = (text: string) =>
  ['', '-wal'].map((end) => tested.file + end).some((file) => existsSync(file) && readFileSync(file).includes(text));

it('a Cosmos document that is deleted, replaced or expired is on the disk no longer, in no free page and in no log', async () => {
  const container = await tested.container({ defaultTtl: -1 });
  const secrets = ['deleted', 'replaced', 'expired'].map((how) => `${how}-${randomUUID()}`);
  const [deleted, replaced, expired] = secrets;
  const boundary = 'b';
  // More than a page, so that some of it lies in pages of its own.
  const note = (secret = '') => `${secret} `.repeat(500);
  await container.items.create({ id: '1', boundary, note: note(deleted) });
  await container.items.create({ id: '2', boundary, note: note(replaced) });
  await container.items.create({ id: '3', boundary, note: note(expired), ttl: 1 });
  expect(secrets.filter(isOnDisk)).toEqual(secrets);

  await container.item('1', boundary).delete();
  await container.item('2', boundary).replace({ id: '2', boundary, note: '' });
  await expect.poll(() => secrets.filter(isOnDisk), { timeout: 20_000 }).toEqual([]);
});
