import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import { importFile, productFile } from '../rigs/clients/product-file.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';
import { expectImportedOnce } from './imported-once.ts';
import { shortSessions } from './own-stack.ts';

const count = 10_000;

let stack: TestStack;

beforeAll(async () => {
  stack = await startStack({ env: shortSessions });
});
afterAll(() => stack.stop());

it('10,000 products, killed in the middle twice and repeated, are there exactly once, each told of once', async () => {
  const shop = new Shop(stack);
  const manager = await shop.as('manager');
  const kill = await stack.faults.fault({
    server: 'cosmos',
    operation: 'Batch',
    target: 'catalog',
    action: 'kill-functions',
    every: 90,
    times: 2,
  });
  const idempotencyKey = randomUUID();
  const file = productFile(count);
  const report = await eventually(
    async () => bodyOf(await importFile(manager, file, { idempotencyKey }), 200),
    120_000,
  );
  await kill.happened(2);
  expect(report).toMatchObject({ created: count, changed: 0, unchanged: 0, refused: 0 });
  await expectImportedOnce(stack, shop, count, 120_000);
}, 600_000);
