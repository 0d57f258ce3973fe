import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listBoundary, type Sorting } from '../../../shared/capabilities/list-boundary.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { type Filter, Reader } from '../../../shared/persistence/reading/reader.ts';
import { type KernelBench, kernelBench } from '../../rigs/kernel/kernel-bench.ts';

const Thing = defineProjection({
  kind: 'thing',
  state: z.object({ colour: z.string(), label: z.string(), size: z.number() }),
});
type Thing = ReturnType<typeof Thing.parse>;

/** Values that are often the same, and texts that are put in order otherwise by those who do not look closely. */
const thing = fc.record({
  colour: fc.constantFrom('red', 'blue'),
  label: fc.constantFrom('', 'a', 'A', 'ab', 'ä', '\uffff', '😀', `'"; --`, '%', '@after'),
  size: fc.constantFrom(0, 1, 2, 10, 1.5, -1),
});
const things = fc.array(thing, { maxLength: 12 });

const filter = fc.record({
  colour: fc.constantFrom('red', undefined),
  size: fc.constantFrom(undefined, { atLeast: 1 }, { atMost: 1.5 }, { atLeast: 0, atMost: 2 }),
  label: fc.constantFrom(undefined, { containing: 'a' }, { containing: `'"` }, { containing: '%' }),
});
type Drawn<A> = A extends fc.Arbitrary<infer T> ? T : never;
type ThingFilter = Drawn<typeof filter>;

const sorting = fc.record({
  order: fc.constantFrom('ascending' as const, 'descending' as const),
  by: fc.constantFrom(undefined, 'label' as const, 'size' as const),
});
const sortingOf = ({ order, by }: Drawn<typeof sorting>): Sorting<Thing> =>
  by === undefined ? { order } : { order, by };

let boundaries = 0;
function newBoundary(): string {
  boundaries += 1;
  return `listed-${boundaries}`;
}

/** The things in a boundary of their own, named by their number: `{prefix}0`, `{prefix}1`, … */
async function put({ open }: KernelBench, boundary: string, prefix: string, all: readonly Thing[]): Promise<void> {
  const work = open(`main/${boundary}`);
  for (const [n, state] of all.entries()) (await work.load(Thing, `${prefix}${n}`)).put(state);
  await work.commit();
}

interface Listing {
  readonly where: ThingFilter;
  readonly sorting: Sorting<Thing>;
  readonly limit: number;
}

/** Every page of a list; `between` happens between each two. */
async function pagesOf(
  reader: Reader,
  boundary: string,
  { where, sorting: by, limit }: Listing,
  between: (page: number) => Promise<void> = async () => undefined,
): Promise<string[]> {
  const ids: string[] = [];
  let continuation: string | undefined;
  for (let page = 0; page === 0 || continuation !== undefined; page += 1) {
    if (page > 0) await between(page);
    const found = await listBoundary(reader, Thing, boundary, { limit, where: where as Filter, continuation }, by);
    ids.push(...found.items.map(({ id }) => id));
    continuation = found.continuation;
  }
  return ids;
}

/** What the list is to be, worked out without a store. */
function expected(all: readonly Thing[], { where, sorting: { by, order } }: Listing): readonly string[] {
  const { colour, size, label } = where;
  const rows = all
    .map((state, n) => ({ id: `t${n}`, state }))
    .filter(({ state }) => colour === undefined || state.colour === colour)
    .filter(({ state }) => state.size >= (size?.atLeast ?? -Infinity) && state.size <= (size?.atMost ?? Infinity))
    .filter(({ state }) => label === undefined || state.label.includes(label.containing));
  const keyOf = ({ id, state }: (typeof rows)[number]) => [...(by === undefined ? [] : [state[by]]), id];
  rows.sort((one, other) => {
    const [left, right] = [keyOf(one), keyOf(other)];
    const differing = left.findIndex((value, n) => value !== right[n]);
    return differing === -1 ? 0 : compare(left[differing], right[differing]);
  });
  if (order === 'descending') rows.reverse();
  return rows.map(({ id }) => id);
}

function compare(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)));
}

describe('a list', () => {
  it('a list returns everything that matches its filter, sorted, once over all pages', async () => {
    const bench = await kernelBench();
    const reader = new Reader(bench.container, 'main');
    await fc.assert(
      fc.asyncProperty(things, filter, sorting, fc.integer({ min: 1, max: 5 }), async (all, where, by, limit) => {
        const boundary = newBoundary();
        await put(bench, boundary, 't', all);
        const listing = { where, sorting: sortingOf(by), limit };
        expect(await pagesOf(reader, boundary, listing)).toEqual(expected(all, listing));
      }),
      { numRuns: 60 },
    );
  });

  it('a list returns unchanged items once over all pages despite concurrent changes', async () => {
    const bench = await kernelBench();
    const reader = new Reader(bench.container, 'main');
    await fc.assert(
      fc.asyncProperty(things, filter, sorting, fc.array(things), async (staying, where, by, others) => {
        const boundary = newBoundary();
        await put(bench, boundary, 't', staying);
        await put(bench, boundary, 'other-', others[0] ?? []);
        const listing = { where, sorting: sortingOf(by), limit: 3 };
        const listed = await pagesOf(reader, boundary, listing, async (page) => {
          await put(bench, boundary, 'other-', others[page] ?? []);
          const id = `thing:other-${page}`;
          await bench.container.remove([{ id, boundary: `main/${boundary}` }]);
        });
        expect(listed.filter((id) => id.startsWith('t'))).toEqual(expected(staying, listing));
      }),
      { numRuns: 40 },
    );
  });

  it('a list refuses the continuation of another list and a forged one', async () => {
    const bench = await kernelBench();
    const reader = new Reader(bench.container, 'main');
    await put(
      bench,
      'listed',
      't',
      Array.from({ length: 3 }, (_, size) => ({ colour: 'red', label: 'x', size })),
    );
    const list = (continuation: string | undefined, by: Sorting<Thing>) =>
      listBoundary(reader, Thing, 'listed', { limit: 1, continuation }, by);
    const bySize = { by: 'size', order: 'ascending' } as const;
    const { continuation } = await list(undefined, bySize);
    const madeUp = (position: unknown) => Buffer.from(JSON.stringify(position)).toString('base64url');
    const { value: _, ...withoutValue } = JSON.parse(Buffer.from(continuation ?? '', 'base64url').toString());
    const wrong: readonly [string | undefined, Sorting<Thing>][] = [
      [continuation, { by: 'size', order: 'descending' }],
      [continuation, { by: 'label', order: 'ascending' }],
      [continuation, { order: 'ascending' }],
      [(await list(undefined, { order: 'ascending' })).continuation, bySize],
      [madeUp(withoutValue), bySize],
      [madeUp({ after: 't0', sorted: 'size ascending', value: { $gt: 0 } }), bySize],
      [madeUp({ after: ['t0'], sorted: 'size ascending', value: 0 }), bySize],
      [madeUp({ after: 't0', sorted: 'size ascending', value: 0, more: 1 }), bySize],
    ];
    for (const [position, by] of wrong)
      await expect(list(position, by)).rejects.toMatchObject({ status: 422, code: 'invalid-continuation' });
    expect((await list(continuation, bySize)).items.map(({ id }) => id)).toEqual(['t1']);
  });

  it('a list never leaves its boundary, whatever its continuation or filter contains', async () => {
    const bench = await kernelBench();
    const reader = new Reader(bench.container, 'main');
    await put(bench, 'mine', 't', [{ colour: 'red', label: 'x', size: 1 }]);
    await put(bench, 'yours', 't', [{ colour: 'red', label: 'x', size: 1 }]);
    const texts = ["' OR 1=1 --", '@kind', 'thing:t0', '\u0000', '"}', '%'];
    for (const text of texts) {
      const sorted = Buffer.from(JSON.stringify({ after: text, sorted: 'label ascending', value: '' }));
      const page = { limit: 10, continuation: sorted.toString('base64url'), where: { colour: text } };
      expect(await listBoundary(reader, Thing, 'mine', page, { by: 'label', order: 'ascending' })).toEqual({
        items: [],
      });
    }
  });
});
