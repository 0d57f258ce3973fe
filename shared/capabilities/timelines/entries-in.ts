import { idsAfter } from '../../ids.ts';
import type { Address, ListRange, Reader, Seen } from '../../persistence/reading/reader.ts';
import type { StretchReader } from '../list-boundary.ts';
import { entriesOf, longestMs, TimelineEntry } from './timeline-entry.ts';

/**
 * Reads the entries of a boundary, the newest first, each once, as if each had a document of its own.
 *
 * A document has the id of its earliest entry, so what comes later in the list is in documents of smaller ids alone. Where as many
 * entries are found as are asked for, newer ones are at most in documents that began within the time that one may span before
 * the last of them. What an entry's own document says is read before what others say of it, and counts.
 */
export function entriesIn(reader: Reader, boundary: string): StretchReader<Address> {
  return async ({ after, ids = {}, limit }) => {
    const found = new Map<string, Seen<Address>>();
    let from = ids.from === undefined ? '' : idsAfter(ids.from, -longestMs);
    let readUntil = after;
    for (;;) {
      const stretch = { order: 'descending', after: readUntil, ids: { ...ids, from }, limit } as const;
      const documents = await reader.list(TimelineEntry, boundary, stretch);
      for (const document of documents)
        for (const { id, of } of entriesOf(document))
          if (!found.has(id) && isIn(id, { after, ids })) found.set(id, { id, version: document.version, state: of });
      const newest = [...found.values()].toSorted(newestFirst).slice(0, limit);
      const last = newest.length < limit ? undefined : newest.at(-1);
      if (last !== undefined) from = laterOf(from, idsAfter(last.id, -longestMs));
      readUntil = documents.at(-1)?.id;
      if (readUntil === undefined || documents.length < limit || readUntil < from) return newest;
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

function laterOf(one: string, other: string): string {
  return one > other ? one : other;
}
