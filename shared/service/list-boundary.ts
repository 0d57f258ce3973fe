import { z } from 'zod';
import { continuationOf, positionOf } from '../http/paging.ts';
import type { Filter, Readable, Reader, Seen } from '../persistence/reader.ts';

export interface Paging {
  readonly limit: number;
  readonly continuation?: string | undefined;
  /** Only documents with these values, by the name of the field. */
  readonly where?: Filter | undefined;
}

export interface ListPage<State> {
  readonly items: readonly Seen<State>[];
  readonly continuation?: string;
}

const Position = z.object({ after: z.string().max(1_023) });

/** A page of the documents of one kind in one boundary, by id; `descending` is newest first where ids sort by time. */
export async function listBoundary<State>(
  reader: Reader,
  type: Readable<State>,
  boundary: string,
  { limit, continuation, where }: Paging,
  order: 'ascending' | 'descending' = 'ascending',
): Promise<ListPage<State>> {
  const after = continuation === undefined ? undefined : positionOf(continuation, Position).after;
  // One more than asked for tells whether there is a next page.
  const found = await reader.list(type, boundary, { order, after, limit: limit + 1, where });
  const items = found.slice(0, limit);
  const last = items.at(-1);
  if (last === undefined || found.length <= limit) return { items };
  return { items, continuation: continuationOf({ after: last.id }) };
}
