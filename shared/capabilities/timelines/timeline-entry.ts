import { z } from 'zod';
import { idsAfter } from '../../ids.ts';
import { defineProjection } from '../../model/projection.ts';
import type { TrackedProjection } from '../../persistence/commit/tracked.ts';
import type { UnitOfWork } from '../../persistence/commit/unit-of-work.ts';
import type { Address } from '../../persistence/reading/reader.ts';

const Place = z.object({ boundary: z.string(), id: z.string() });

const EntryState = z.object({
  of: Place,
  /** By the ids of their events. */
  others: z.array(z.object({ id: z.string(), of: Place })).optional(),
});
type EntryState = z.infer<typeof EntryState>;

/** A document under the id of an event, with the entry that it makes, and those of events that were made right after it. */
export const TimelineEntry = defineProjection({ kind: 'entry', state: EntryState });

/** The id of an event's entry: programs beside Lagerhaus may write their ids with capitals, which do not sort by time. */
export function entryIdOf({ id }: { readonly id: string }): string {
  return id.toLowerCase();
}

/** What an event enters, under its id. */
export interface EnteredThing {
  readonly id: string;
  readonly of: Address;
}

/** From so many events at once on, entries share documents. Fewer cost little, and each can be found by its id alone. */
const many = 8;

/** So many at most have one document: a page of a list reads as many documents as it has entries, where each came alone. */
const mostInDocument = 20;

/** The events of one document were made within this time, so that a list knows how far to look for what is newer. What a list takes up at once is mostly of less. */
export const longestMs = 500;

/** The entries of a document. */
export function entriesOf({ id, state: { of, others = [] } }: EntryDocument): readonly EnteredThing[] {
  return [{ id, of }, ...others];
}

interface EntryDocument {
  readonly id: string;
  readonly state: EntryState;
}

/**
 * Enters what an event tells of. Where many come together they share documents, since a small document costs nearly what a large one does. An
 * event that is delivered again finds its entry where its batch began as before; otherwise it is entered once more, which a
 * list shows once. A rebuild gives each a document of its own, which counts before what others say of it.
 */
export async function enterThing(
  work: UnitOfWork,
  entered: EnteredThing,
  { together }: { readonly together: number },
): Promise<void> {
  const known = work.isRebuild ? [] : work.loaded(TimelineEntry).filter(({ exists }) => exists);
  if (known.some((document) => entriesOf(document).some(({ id }) => id === entered.id))) return;
  const isAlone = together < many || work.isRetry;
  const shared = isAlone ? undefined : known.findLast((document) => hasRoomFor(document, entered));
  if (shared !== undefined) {
    shared.put({ ...shared.state, others: [...(shared.state.others ?? []), entered] });
    return;
  }
  const own = await work.expectNew(TimelineEntry, entered.id);
  if (!own.exists) own.put({ of: entered.of, ...othersIn(own.stored) });
}

/** What a rebuild keeps of a document: the bus may have the others' events no more. */
function othersIn(stored: TrackedProjection<EntryState>['stored']): Pick<EntryState, 'others'> {
  const { success, data } = EntryState.pick({ others: true }).safeParse(stored ?? {});
  return success && data.others !== undefined ? { others: data.others } : {};
}

function hasRoomFor({ id: first, stored, state }: TrackedProjection<EntryState>, { id }: EnteredThing): boolean {
  const isFull = (state.others ?? []).length + 1 >= mostInDocument;
  return stored === undefined && !isFull && first < id && id < idsAfter(first, longestMs);
}
