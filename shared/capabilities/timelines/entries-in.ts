import { idsAfter } from '../../ids.ts';
import type { Address, ListRange, Reader, Seen } from '../../persistence/reading/reader.ts';
import type { StretchReader } from '../list-boundary.ts';
import { entriesOf, longestMs, TimelineEntry } from './timeline-entry.ts';

/**
 * Reads the entries of a boundary, the newest first, each once, as if each had a document of its own.
 *
 * A document has the id of its earliest entry, so what comes later in the list is in documents of smaller ids alone; and the entries of
 * one that was not read yet are no newer than the earliest one read and the time that a document may span. What an entry's own document says
 * is read before what others say of it, and counts.
 */
export function entriesIn(reader: Reader, boundary: string): StretchReader<Address> {
  return async ({ after, ids = {}, limit }) => {
    const found = new Map<string, Seen<Address>>();
    const from = ids.from === undefined ? undefined : idsAfter(ids.from, -longestMs);
    let readUntil = after;
    for (;;) {
      const stretch = { order: 'descending', after: readUntil, ids: { ...ids, from }, limit } as const;
      const documents = await reader.list(TimelineEntry, boundary, stretch);
      for (const document of documents)
        for (const { id, of } of entriesOf(document))
          if (!found.has(id) && isIn(id, { after, ids })) found.set(id, { id, version: document.version, state: of });
      const earliest = documents.at(-1)?.id;
      const isLast = earliest === undefined || documents.length < limit;
      const settled = [...found.values()].filter(({ id }) => isLast || id >= idsAfter(earliest, longestMs));
      if (isLast || settled.length >= limit) return settled.toSorted(newestFirst).slice(0, limit);
      readUntil = earliest;
    }
  };
}

function isIn(id: string, { after, ids: { from, before } = {} }: Pick<ListRange, 'after' | 'ids'>): boolean {
  const isAfter = after === undefined || id < after;
  return isAfter && (from === undefined || id >= from) && (before === undefined || id < before);
}

function newestFirst({ id: one }: Seen<unknown>, { id: other }: Seen<unknown>): number {
  return one < other ? 1 : -1;
}
