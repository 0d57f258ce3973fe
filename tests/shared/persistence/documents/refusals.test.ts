import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../../infra/embedded/faults/gate.ts';
import { errorClassOf } from '../../../../shared/consuming/error-class.ts';
import type { DocumentContainer } from '../../../../shared/persistence/documents/document-container.ts';
import { Counted, Counter } from '../../../rigs/kernel/counter.ts';
import { refuse } from '../../../rigs/kernel/fault-script.ts';
import { type KernelBench, kernelBench } from '../../../rigs/kernel/kernel-bench.ts';

const boundary = 'main/shelf';
const idOf = (n: number) => `note:${String(n).padStart(3, '0')}`;

async function benchWith(count: number, bytes: number): Promise<KernelBench & { readonly ids: readonly string[] }> {
  const bench = await kernelBench();
  const ids = Array.from({ length: count }, (_, n) => idOf(n));
  for (const id of ids) await write(bench.container, id, bytes);
  return { ...bench, ids };
}

async function write(container: DocumentContainer, id: string, bytes: number): Promise<void> {
  const document = { id, boundary, kind: 'note', version: 1, text: 'x'.repeat(bytes) };
  await container.execute(boundary, [{ kind: 'create', document }]);
}

/** What goes wrong for one operation of a batch or bulk request, or for the request where it has no position. */
const refusal = (status: number, substatus: number, position?: number): Verdict => ({
  kind: 'refuse',
  status,
  substatus,
  ...(position === undefined ? {} : { position }),
});

/** Every way of asking a container. */
const ways: readonly (readonly [string, string, (container: DocumentContainer) => Promise<unknown>])[] = [
  ['a point read', 'Read', (container) => container.read(boundary, idOf(0))],
  ['a bulk read', 'Bulk', (container) => container.readMany(boundary, [idOf(0), idOf(1)])],
  ['a query', 'Query', (container) => container.page(boundary, { kind: 'note', order: 'ascending', limit: 5 })],
  ['a commit', 'Batch', (container) => write(container, idOf(9), 1)],
];

describe('documents that are read together', () => {
  it('documents read together arrive in their order though they are larger than one answer', async () => {
    const { container, ids } = await benchWith(90, 50_000);
    const found = await container.readMany(boundary, ids);
    expect(found.map(({ id }) => id)).toEqual(ids);
  }, 60_000);

  it('documents read together arrive though the store refuses an answer as a whole for its size', async () => {
    const { container, ids, faults } = await benchWith(5, 10);
    faults.next('Bulk', refuse(413), refuse(413));
    expect((await container.readMany(boundary, ids)).map(({ id }) => id)).toEqual(ids);
    expect(faults.count('Bulk')).toBeGreaterThan(3);
  });

  it('a bulk read is refused for good if a single document is too large for an answer', async () => {
    const { container, faults } = await benchWith(1, 10);
    faults.always('Bulk', refuse(413));
    const reading = container.readMany(boundary, [idOf(0), idOf(1)]);
    await expect(reading).rejects.toMatchObject({ name: 'CommitRefusedError' });
  });

  it('a bulk read is refused for good, not waited for, if the store refuses one of its documents', async () => {
    const { container, faults, ids } = await benchWith(2, 10);
    faults.next('Bulk', refusal(400, 0, 1));
    const error = await container.readMany(boundary, ids).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'CommitRefusedError', message: expect.stringContaining('400') });
    expect(errorClassOf(error)).toBe('bug');
  });
});

describe('an undecided answer', () => {
  it.each([
    ['a point read', 'Read', refusal(404, 1002)],
    ['one of a bulk read', 'Bulk', refusal(404, 1002, 1)],
    ['one of a bulk read that is to come again', 'Bulk', refusal(449, 0, 1)],
  ])('a store that cannot tell yet what it has for %s is waited for, and not taken to have nothing', async (_, operation, verdict) => {
    const { container, faults } = await benchWith(2, 10);
    faults.next(operation, verdict);
    const reading =
      operation === 'Read' ? container.read(boundary, idOf(0)) : container.readMany(boundary, [idOf(0), idOf(1)]);
    await expect(reading).rejects.toMatchObject({ name: 'StoreUnavailableError' });
  });

  it.each([
    ['an unknown session', 404, 1002],
    ['a write at the same time', 449, 0],
  ])('a commit is sent again if one of its operations is answered with %s', async (_, status, substatus) => {
    const { open, faults, container } = await benchWith(1, 10);
    faults.next('Batch', refusal(status, substatus, 1));
    const work = open(boundary);
    (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1 }));
    await work.commit();
    expect(await container.read(boundary, 'counter:a')).toMatchObject({ count: 1 });
    expect(faults.count('Batch')).toBe(3);
  });
});

describe('a container', () => {
  it.each(
    ways,
  )('a forbidden container is trouble of the store to %s, and the error says what to do', async (_, operation, ask) => {
    const { container, faults } = await benchWith(1, 10);
    faults.always(operation, refusal(403, 5301));
    const error = await ask(container).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ trouble: 'access', message: expect.stringContaining('rights') });
    expect(errorClassOf(error)).toBe('network');
  });

  it.each(
    ways,
  )('a missing container is trouble of the store to %s, and the error says what to do', async (_, _operation, ask) => {
    const { missingContainer } = await kernelBench();
    const error = await ask(missingContainer).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ trouble: 'missing', message: expect.stringContaining('npm run provision') });
    expect(errorClassOf(error)).toBe('network');
  });

  it('a commit to a full logical partition is refused for good, since waiting makes no room', async () => {
    const { container, faults } = await benchWith(1, 10);
    faults.next('Batch', refusal(403, 1014));
    const error = await write(container, idOf(1), 10).catch((thrown: unknown) => thrown);
    expect(errorClassOf(error)).toBe('bug');
  });
});
