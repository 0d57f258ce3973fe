import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import { importFile, productFile } from '../rigs/clients/product-file.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { insist } from '../rigs/stack/insist.ts';
import { expectImportedOnce } from './imported-once.ts';
import { ownStack, shortSessions } from './own-stack.ts';

const count = 400;
const file = productFile(count);

const quick = { env: shortSessions };

describe('imports killed half-way', () => {
  it('a killed import makes each product once when repeated, with its Idempotency-Key or without one', async (test) => {
    const stack = await ownStack(test, quick);
    const shop = new Shop(stack);
    const manager = await shop.as('manager');
    const kill = {
      server: 'cosmos',
      operation: 'Batch',
      target: 'catalog',
      action: 'kill-functions',
      times: 1,
    } as const;

    const written = await stack.faults.fault({ ...kill, every: 3, applied: true });
    await expect(importFile(manager, file)).rejects.toThrow();
    await written.happened();
    // Whatever of it was told by then.
    await stack.faults.functions().kill();
    await stack.faults.functions().start();
    const idempotencyKey = randomUUID();
    const unwritten = await stack.faults.fault({ ...kill, every: 4, applied: false });
    const answer = await insist(() => importFile(manager, file, { idempotencyKey }));
    await unwritten.happened();

    const report = bodyOf(answer, 200);
    expect(report.created + report.unchanged).toBe(count);
    expect(report.created).toBeLessThan(count);
    expect(report.unchanged).toBeGreaterThan(0);
    await expectImportedOnce(stack, shop, count);
    expect(bodyOf(await importFile(manager, file, { idempotencyKey }), 200)).toEqual(report);
  }, 120_000);

  it('a killed import makes each product once though every second write is unanswered or refused', async (test) => {
    const stack = await ownStack(test);
    const shop = new Shop(stack);
    const batch = { server: 'cosmos', operation: 'Batch', target: 'catalog', every: 2 } as const;
    const lost = await stack.faults.fault({ ...batch, action: 'apply-then-drop', times: 3 });
    const busy = await stack.faults.fault({ ...batch, action: 'refuse', status: 429, retryAfterMs: 10, times: 3 });
    const report = bodyOf(await importFile(await shop.as('manager'), file), 200);
    expect([report.created, report.lines.length]).toEqual([count, count]);
    await Promise.all([lost.happened(), busy.happened()]);
    await stack.faults.clearFaults();
    await expectImportedOnce(stack, shop, count);
  }, 120_000);
});
