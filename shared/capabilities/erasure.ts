import { later } from '../clock.ts';
import type { Reaction } from '../consuming/reaction.ts';
import type { DataOf, EventDefinition } from '../events/define-event.ts';
import type { ReceivedEvent } from '../events/envelope.ts';
import { Tombstone, tombstoneId } from '../persistence/commit/tombstone.ts';
import type { UnitOfWork } from '../persistence/commit/unit-of-work.ts';
import { NewerDocumentError } from '../persistence/documents/store-errors.ts';
import type { Reader } from '../persistence/reading/reader.ts';
import { longestAccessTokenMs } from '../settings/retention.ts';
import type { Settings } from '../settings/settings.ts';
import { type Deadline, deadline } from './deadline.ts';

type OpenUnitOfWork = (boundary: string) => UnitOfWork;

/** What an erasure has at hand besides. */
export interface Erasing {
  readonly now: Date;
  readonly reader: Reader;
  readonly settings: Settings;
  readonly tenant: string;
}

interface Elsewhere extends Erasing {
  readonly unitOfWork: OpenUnitOfWork;
}

export interface ErasureSpecification<E extends EventDefinition> {
  /** The capability's name; also what tombstones, replays and dead letters call it, so it never changes. */
  readonly name: string;
  /** The event that says that somebody, or something, is gone. */
  readonly on: E;
  /** Who is gone. Their id is given to nobody else, ever: nothing can begin again under it. */
  readonly id: (event: ReceivedEvent<DataOf<E>>) => string;
  /** Where all that is theirs is: the id behind a name, `recipient:{id}`. */
  readonly boundary: (id: string) => string;
  /** Kinds of documents that stay. */
  readonly except?: readonly { readonly kind: string }[];
  /**
   * Gives back what they hold elsewhere, such as an address that is theirs alone, or a file about them, and says what will not be any
   * more, as long as the boundary still tells what that is. Units of work opened for it are committed before anything is erased. It is
   * done again after a crash, and when the boundary is emptied once more.
   */
  readonly frees?: (id: string, work: UnitOfWork, unitOfWork: OpenUnitOfWork, seeing: Erasing) => Promise<void>;
}

/** An erasure without its types. */
export interface Erasure extends Reaction {
  readonly word: 'erasure';
  /** Always: what is personal goes whatever is set. */
  readonly when: () => boolean;
  /** What the names of the boundaries begin with that it empties. */
  readonly erases: string;
  /** Kinds of documents that stay. */
  readonly except: readonly { readonly kind: string }[];
  /** Empties a boundary that it has erased once more. */
  readonly again: (id: string, work: UnitOfWork, elsewhere: Elsewhere) => Promise<void>;
}

/**
 * A capability that leaves nothing of somebody who is gone, in one boundary. First what they hold elsewhere is freed, then a
 * tombstone is committed, then the boundary is emptied; what the kernel needs there stays until it goes by itself. From then on
 * a reaction that opens the boundary does nothing: its event is late. Whoever had begun before there was a tombstone may
 * have committed after it, or still had a token: so the boundary is emptied once more, when that can no longer be. What has
 * to be kept loses only what is personal (`redaction`).
 *
 * @example
 * export const eraseCustomer = erasure({
 *   name: 'erase-customer',
 *   on: UserDeleted,
 *   id: ({ data }) => data.userId,
 *   boundary: (id) => `customer:${id}`,
 *   except: [Order],
 * });
 *
 * @throws Error when the boundary is not the id behind a name: it could not be told whether a boundary can be erased.
 */
export function erasure<E extends EventDefinition>(specification: ErasureSpecification<E>): Erasure {
  const { name, on, id: idOf, boundary, except = [], frees = async () => undefined } = specification;
  const erases = boundary('');
  if (erases === '' || boundary('id') !== `${erases}id`)
    throw new Error(`${name} erases a boundary that is not an id behind a name, such as recipient:{id}`);
  const free = async (id: string, work: UnitOfWork, { unitOfWork, ...seeing }: Elsewhere) => {
    const opened: UnitOfWork[] = [];
    const open = (other: string) => {
      const unit = unitOfWork(other);
      opened.push(unit);
      return unit;
    };
    await frees(id, work, open, seeing);
    for (const unit of opened) await unit.commit();
  };
  // The consumer has read the event by the very definition in `on`.
  const idIn = idOf as (event: ReceivedEvent) => string;
  return {
    word: 'erasure',
    name,
    on: [on],
    when: () => true,
    once: 'by-document',
    boundary: (event) => boundary(idIn(event)),
    erases,
    except,
    async handle(event, work, context) {
      const { now, reader, settings, unitOfWork } = context;
      const id = idIn(event);
      await free(id, work, { now, reader, settings, unitOfWork, tenant: event.tenant });
      const tombstone = await work.load(Tombstone, tombstoneId);
      const [erasedAt, dueAt] = [now.toISOString(), later(now, longestAccessTokenMs)];
      if (!tombstone.exists) tombstone.put({ erasure: name, of: id, erasedAt, dueAt });
      await work.commit();
      await work.erase({ except });
    },
    async again(id, work, elsewhere) {
      await free(id, work, elsewhere);
      await work.erase({ except });
    },
  };
}

/** Has what these erased emptied once more. */
export function erasedOnceMore(erasures: readonly Erasure[]): Deadline {
  return deadline({
    name: 'erase-once-more',
    on: Tombstone,
    async handle(tombstone, work, context) {
      const { dueAt: _, ...state } = tombstone.state;
      const owner = erasures.find(({ name }) => name === state.erasure);
      if (owner === undefined) throw new NewerDocumentError(`this code has no erasure ${state.erasure}`);
      await owner.again(state.of, work, context);
      tombstone.put(state);
    },
  });
}
