import { z } from 'zod';
import { canonicalJson } from '../../canonical-json.ts';
import { defineProjection } from '../../model/projection.ts';
import type { TrackedProjection } from '../../persistence/commit/tracked.ts';
import { rememberedSeconds } from '../../settings/retention.ts';

/** By what a directory lists a thing. */
export type EntryFields = Readonly<Record<string, string | number | undefined>>;

/**
 * What a directory says of a thing. Of one that is over it says only that: a tombstone. What cannot be
 * read is as good as not there, so that it is made anew.
 */
export const DirectoryEntry = defineProjection({
  kind: 'entry',
  state: z.object({
    directory: z.string().catch(''),
    /** Where the thing is. */
    of: z.object({ boundary: z.string(), id: z.string() }).catch({ boundary: '', id: '' }),
    /** The version of the thing that it was made of. */
    seen: z.int().nonnegative().catch(0),
    fields: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .optional()
      .catch(undefined),
    ttl: z.int().optional(),
  }),
});
export type DirectoryEntryState = ReturnType<typeof DirectoryEntry.parse>;

/** An entry's id tells things apart that have one id in several boundaries, such as the stock of an item at each location. */
export function entryId({ boundary, id }: DirectoryEntryState['of']): string {
  return boundary.endsWith(`:${id}`) ? boundary : `${boundary}:${id}`;
}

/** What is to be said of a thing, as of one of its versions. */
export interface NewEntry extends Pick<DirectoryEntryState, 'directory' | 'of' | 'seen'> {
  /** None where it is over. */
  readonly fields: EntryFields | undefined;
}

/**
 * Puts an entry, unless it was made of a later version, or says the same. The commit fails where somebody else has put one
 * meanwhile, so an entry never goes back. A tombstone holds up whoever still has an earlier version in hand, for longer than
 * anybody can.
 *
 * @throws Error where another directory has put it.
 */
export function putEntry(entry: TrackedProjection<DirectoryEntryState>, next: NewEntry): void {
  const { current } = entry;
  const state = stateOf(next);
  if (current === undefined || current.seen === 0) {
    entry.put(state);
    return;
  }
  if (current.directory !== '' && current.directory !== state.directory)
    throw new Error(`${state.directory} and ${current.directory} list in one boundary: give each one of its own`);
  if (current.seen > state.seen) return;
  if (current.seen < state.seen || canonicalJson(current) !== canonicalJson(state)) entry.put(state);
}

function stateOf({ directory, of, seen, fields }: NewEntry): DirectoryEntryState {
  if (fields === undefined) return { directory, of, seen, ttl: rememberedSeconds };
  const given = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { directory, of, seen, fields: Object.fromEntries(given) };
}
