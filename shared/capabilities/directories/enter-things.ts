import type { EventDefinition } from '../../events/define-event.ts';
import type { LoadRequest } from '../../persistence/commit/load-request.ts';
import type { UnitOfWork } from '../../persistence/commit/unit-of-work.ts';
import { MissingDocumentError } from '../../persistence/documents/store-errors.ts';
import type { Address } from '../../persistence/reading/reader.ts';
import { DirectoryEntry, type EntryFields, entryId, putEntry } from './directory-entry.ts';
import type { DirectorySpecification } from './directory-specification.ts';

/** How the entries of a directory are made of its things. */
export interface EnterThings {
  /** What is loaded and looked at for a thing, after an event of it or whatever has happened to it. */
  readonly reads: (of: Address, sequence?: number) => readonly LoadRequest[];
  /** Whether the entry is known to be made of the thing as of that event, or later: it never goes back. */
  readonly isEntered: (sequence: number, of: Address, work: Pick<UnitOfWork, 'recall'>) => boolean;
  /**
   * Puts the entry of a thing after an event of it.
   *
   * @throws MissingDocumentError where the thing is not there yet as of that event: at weaker consistency it may be read as it was.
   */
  readonly after: (sequence: number, of: Address, work: UnitOfWork) => Promise<void>;
  /** Puts the entry of a thing, whatever has happened to it. Where one that is over has none, none is needed to say so. */
  readonly anew: (of: Address, work: UnitOfWork) => Promise<void>;
}

export function enterThings<E extends EventDefinition, State, Fields extends EntryFields, Beside>({
  name,
  of: type,
  beside,
  entry: entryOf,
  order,
}: Pick<DirectorySpecification<E, State, Fields, Beside>, 'name' | 'of' | 'beside' | 'entry' | 'order'>): EnterThings {
  /** What is beside the thing is read after it: so under the last version stands what belongs to it. */
  const entryAt = async (of: Address, work: UnitOfWork) => {
    const thing = await work.look(type, of);
    if (thing === undefined) return undefined;
    const kept = beside === undefined ? undefined : await work.look(beside, of);
    const fields = entryOf(thing.state, kept?.state);
    if (fields !== undefined && typeof fields[order] !== 'string')
      throw new Error(`${name} sorts by ${order}, and its entry of ${of.id} has no such text: no list would show it`);
    return { directory: name, of, seen: thing.version, fields };
  };
  return {
    reads: (of, sequence) => [
      { type: DirectoryEntry, id: entryId(of), isLikelyNew: sequence === 1 },
      // What is beside a thing is not kept in mind as of the same moment, so then both are read.
      ...(beside === undefined
        ? [{ type, ...of, since: sequence }]
        : [
            { type, ...of },
            { type: beside, ...of, isReadLast: true },
          ]),
    ],
    isEntered(sequence, of, work) {
      // What is beside it may have been read as it was before the event.
      const known = beside === undefined ? work.recall(DirectoryEntry, entryId(of)) : undefined;
      return known !== undefined && known.directory === name && known.seen >= sequence;
    },
    async after(sequence, of, work) {
      const next = await entryAt(of, work);
      if (next === undefined || next.seen < sequence)
        throw new MissingDocumentError(`${type.kind} ${of.id} is not there yet as of its event ${sequence}`);
      const id = entryId(of);
      const isNew = sequence === 1;
      const entry = isNew ? await work.expectNew(DirectoryEntry, id) : await work.load(DirectoryEntry, id);
      putEntry(entry, next);
    },
    async anew(of, work) {
      const next = await entryAt(of, work);
      if (next === undefined) return;
      const entry = await work.load(DirectoryEntry, entryId(of));
      if (next.fields !== undefined || entry.exists) putEntry(entry, next);
    },
  };
}
