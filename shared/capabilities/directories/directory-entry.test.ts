import { describe, expect, it } from 'vitest';
import { TrackedProjection } from '../../persistence/commit/tracked.ts';
import { rememberedSeconds } from '../../settings/retention.ts';
import { DirectoryEntry, entryId, putEntry } from './directory-entry.ts';

const of = { boundary: 'box:a', id: 'a' };
const identity = { id: 'entry:box:a', boundary: 'main/boxes', kind: 'entry', version: 7, _etag: 'e' };
const log = { undoable: () => undefined, recorded: () => undefined };

/** What becomes of an entry that is stored so, after a version of the thing was read. */
function entered(stored: object | undefined, seen: number, fields?: { readonly colour?: string | undefined }) {
  const document = stored === undefined ? undefined : { ...identity, ...stored };
  const entry = new TrackedProjection(DirectoryEntry, log, 'box:a', document);
  putEntry(entry, { directory: 'boxes', of, seen, fields });
  return entry.isChanged ? entry.current : 'unchanged';
}

const red = { directory: 'boxes', of, seen: 4, fields: { colour: 'red' } };

describe('an entry of a directory', () => {
  it('an entry is put of a later version, and of the same one where it says something else', () => {
    const blue = { colour: 'blue' };
    expect(entered(undefined, 1, blue)).toEqual({ ...red, seen: 1, fields: blue });
    expect(entered(red, 5, { colour: 'red' })).toEqual({ ...red, seen: 5 });
    expect(entered(red, 4, blue)).toEqual({ ...red, fields: blue });
    expect(entered(red, 4, { colour: 'red' })).toBe('unchanged');
    expect(entered(red, 4, { colour: undefined })).toEqual({ ...red, fields: {} });
  });

  it('an entry is never put of an earlier version, whether the thing was over or not', () => {
    expect(entered(red, 3, { colour: 'blue' })).toBe('unchanged');
    expect(entered(red, 3)).toBe('unchanged');
    expect(entered({ directory: 'boxes', of, seen: 4, ttl: 60 }, 3, { colour: 'blue' })).toBe('unchanged');
  });

  it('an entry of a thing that is over is a tombstone with a time to live, also where there was none', () => {
    const tombstone = { directory: 'boxes', of, seen: 5, ttl: rememberedSeconds };
    expect([entered(undefined, 5), entered(red, 5), entered(tombstone, 6)]).toEqual([
      tombstone,
      tombstone,
      { ...tombstone, seen: 6 },
    ]);
  });

  it.each([
    {},
    { ...red, seen: 'many' },
    { ...red, seen: 1, of: 'somewhere' },
    { seen: -1, fields: [] },
  ])('an entry that nobody can read is made anew: %j', (damaged) => {
    expect(entered(damaged, 4, { colour: 'red' })).toEqual(red);
  });

  it('an entry tells things apart that have one id in several boundaries', () => {
    expect([entryId({ boundary: 'box:a', id: 'a' }), entryId({ boundary: 'location:main', id: 'a' })]).toEqual([
      'box:a',
      'location:main:a',
    ]);
  });
});
