import { z } from 'zod';
import { continuationOf, invalidContinuation, positionOf } from '../http/paging.ts';
import type { Filter, IdRange, ListRange, Readable, Reader, Scalar, Seen } from '../persistence/reading/reader.ts';

export interface Paging {
  readonly limit: number;
  readonly continuation?: string | undefined;
  /** Only documents that meet it. */
  readonly where?: Filter | undefined;
  /** Only documents with these ids. */
  readonly ids?: IdRange | undefined;
}

/** How a list is sorted. */
export interface Sorting<State> {
  readonly order: 'ascending' | 'descending';
  /** The field to sort by, one of the service's `indexes.sorted`; without it, and where it is equal, documents go by id. */
  readonly by?: FieldOf<State>;
  /** A field that the filter gives one value: `indexes.sorted` has the two together. */
  readonly within?: FieldOf<State>;
}

/** A field of a state, or among its `fields`, where it has any. */
type FieldOf<State> = (keyof State & string) | ('fields' extends keyof State ? `fields.${string}` : never);

export interface ListPage<State> {
  readonly items: readonly Seen<State>[];
  readonly continuation?: string;
}

const Position = z.strictObject({
  after: z.string().max(1_023),
  /** In lists that are sorted by a field: which field and order that is, and what the item before had in it. */
  sorted: z.string().optional(),
  value: z.union([z.string(), z.number()]).optional(),
});
type Position = z.output<typeof Position>;

/** Answers with as many as a stretch of a list may have, and with fewer only where there are no more. */
export type StretchReader<State> = (stretch: ListRange) => Promise<readonly Seen<State>[]>;

/**
 * A page of the documents of one kind in one boundary; `descending` by id is newest first where ids sort by time.
 *
 * A document that stays as it is comes exactly once over the pages of a list, whatever happens to others meanwhile.
 *
 * @example
 * const { items, continuation } = await listBoundary(reader, Price, 'prices', { limit: 50 });
 *
 * @throws Problem (422) where the continuation is of another list.
 */
export function listBoundary<State>(
  reader: Reader,
  type: Readable<State>,
  boundary: string,
  paging: Paging,
  sorting: Sorting<State> = { order: 'ascending' },
): Promise<ListPage<State>> {
  return listStretch((stretch) => reader.list(type, boundary, stretch), paging, sorting);
}

/** The same of a list that is read in another way. @throws Problem (422) likewise */
export async function listStretch<State>(
  read: StretchReader<State>,
  { limit, continuation, where, ids }: Paging,
  sorting: Sorting<State>,
): Promise<ListPage<State>> {
  const { order, by: sortedBy, within: sortedWithin } = sorting;
  const { after, value: afterValue } = continuation === undefined ? {} : startOf(continuation, sorting);
  // One more than asked for tells whether there is a next page.
  const found = await read({ order, sortedBy, sortedWithin, after, afterValue, ids, limit: limit + 1, where });
  const items = found.slice(0, limit);
  const last = items.at(-1);
  if (last === undefined || found.length <= limit) return { items };
  return { items, continuation: continuationOf(positionBehind(last, sorting)) };
}

function startOf<State>(continuation: string, sorting: Sorting<State>): Position {
  const position = positionOf(continuation, Position);
  const isOfThis = position.sorted === nameOf(sorting) && (position.value !== undefined) === (sorting.by !== undefined);
  if (!isOfThis) throw invalidContinuation();
  return position;
}

function positionBehind<State>({ id, state }: Seen<State>, sorting: Sorting<State>): Position {
  if (sorting.by === undefined) return { after: id };
  return { after: id, sorted: nameOf(sorting), value: scalarAt(sorting.by, state) };
}

function nameOf<State>({ by, order }: Sorting<State>): string | undefined {
  return by === undefined ? undefined : `${by} ${order}`;
}

/** What a state has in a field that is sorted by. */
export function scalarAt(field: string, state: unknown): Scalar {
  const value = field.split('.').reduce<unknown>((part, name) => new Map(Object.entries(part ?? {})).get(name), state);
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new Error(`a list can be sorted by texts and numbers, not by ${JSON.stringify(value)}`);
}
