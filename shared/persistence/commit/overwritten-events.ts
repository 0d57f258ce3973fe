import type { Cause } from '../../events/cause.ts';
import type { StoredDocument } from '../documents/stored-document.ts';
import { carriedBy } from './carried-events.ts';
import type { Change } from './change.ts';
import { OutboxDocument } from './outbox.ts';
import type { UnitOfWorkOptions } from './unit-of-work-options.ts';

/**
 * The events that documents carry which a commit writes over. Of those that are known to be sent nothing is left: by this process, or
 * since what the commit reacts to shows it. The others are moved to outbox documents in the same batch, and sent before what is new.
 */
export class OverwrittenEvents {
  readonly #place: Pick<UnitOfWorkOptions, 'container' | 'carried' | 'onCommitted'>;
  readonly moved: readonly StoredDocument[];
  readonly #sent: readonly StoredDocument[];

  constructor(
    changes: readonly Change[],
    place: Pick<UnitOfWorkOptions, 'container' | 'carried' | 'onCommitted'>,
    causes: readonly Cause[],
  ) {
    this.#place = place;
    const overwritten = changes.flatMap(({ replaced }) => (replaced && carriedBy(replaced)) ?? []);
    const isOnTheBus = (id: string) =>
      causes.some(({ causationId, precedingId }) => id === causationId || id === precedingId);
    const isSent = (outbox: StoredDocument) =>
      place.carried?.wereSent(outbox.id) === true || eventsOf(outbox)?.every(isOnTheBus) === true;
    const { sent = [], moved = [] } = Object.groupBy(overwritten, (outbox) => (isSent(outbox) ? 'sent' : 'moved'));
    this.#sent = sent;
    this.moved = moved;
  }

  /** They are overwritten. */
  settle(): void {
    const { container, carried, onCommitted } = this.#place;
    for (const { id } of this.#sent) carried?.letGo(id);
    for (const outbox of this.moved) {
      const { success, data } = OutboxDocument.safeParse(outbox);
      // What only newer code knows is left to its sweep.
      if (success) onCommitted(data, container);
    }
  }
}

/** The ids of its events, where this code knows them all. */
function eventsOf(outbox: StoredDocument): readonly string[] | undefined {
  return OutboxDocument.safeParse(outbox).data?.messages.map(({ envelope }) => envelope.id);
}
