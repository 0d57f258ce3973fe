import type { DataOf, EventDefinition } from '../events/define-event.ts';
import type { ReceivedEvent } from '../events/envelope.ts';
import type { ListIndexes } from '../persistence/cosmos/indexing-policy.ts';
import { readState } from '../persistence/documents/read-state.ts';
import { bucketBoundary, openBucket } from '../persistence/reading/buckets.ts';
import type { Reader } from '../persistence/reading/reader.ts';
import type { EntryFields } from './directories/directory-entry.ts';
import type { DirectoryPaging, DirectorySpecification, ListedThing } from './directories/directory-specification.ts';
import { enterThings } from './directories/enter-things.ts';
import { indexesOf, listThings } from './directories/list-things.ts';
import { type Subscriber, subscriber } from './subscriber.ts';

/** A list by fields over things that live in boundaries of their own. */
export interface Directory<State, Fields, Beside> {
  readonly word: 'directory';
  readonly name: string;
  /** The kind that it lists, whose documents are never deleted. */
  readonly kind: string;
  readonly subscribers: readonly Subscriber[];
  /** What the container has to index for it. */
  readonly indexes: ListIndexes;
  /**
   * A page of the things in a boundary of the directory, as they are now; follows writes within moments. What is not what was
   * asked for any more is left out, so a page may be short and yet not the last.
   */
  readonly list: (
    reader: Reader,
    boundary: string,
    paging: DirectoryPaging<Fields>,
  ) => Promise<{ readonly items: readonly ListedThing<State, Beside>[]; readonly continuation?: string }>;
}

/**
 * Keeps an entry for each thing. Whenever an event says that it may be another, the thing's document is read, that of all events
 * of a group in one request, and the entry is put under the version that was read, never under an older one; where the thing is
 * over, a tombstone. So what is listed by need be in no event, and neither the order of events nor their repetition nor who
 * handles them beside whom makes a difference. Entries can also be made anew of the documents, however old their events are
 * (`POST /api/v1/replays` with `rebuild`).
 *
 * @example
 * export const openOrders = directory({
 *   name: 'list-open-orders',
 *   of: Order,
 *   on: [OrderCreated, OrderStatusChanged],
 *   boundary: ({ data }) => `open-orders:${data.location}`,
 *   address: ({ data: { orderId } }) => ({ boundary: orderBoundary(orderId), id: orderId }),
 *   entry: ({ status, placedAt }) => (status === 'delivered' ? undefined : { status, placedAt }),
 *   filters: ['status'],
 *   order: 'placedAt',
 * });
 *
 * // in the handler of an endpoint
 * const page = await openOrders.list(reader, 'open-orders:main', { limit: 50, where: { status: 'confirmed' } });
 */
export function directory<E extends EventDefinition, State, Fields extends EntryFields, Beside = never>(
  specification: DirectorySpecification<E, State, Fields, Beside>,
): Directory<State, Fields, Beside> {
  const { name, bucket, isDescending = false } = specification;
  if (bucket !== undefined && !isDescending)
    throw new Error(`${name} is in buckets, which are walked back: say isDescending`);
  return {
    word: 'directory',
    name,
    kind: specification.of.kind,
    subscribers: [follow(specification), ...(bucket === undefined ? [] : [openBuckets(specification, bucket)])],
    indexes: indexesOf(specification),
    list: (reader, boundary, paging) => listThings(reader, boundary, paging, specification),
  };
}

function follow<E extends EventDefinition, State, Fields extends EntryFields, Beside>(
  specification: DirectorySpecification<E, State, Fields, Beside>,
): Subscriber {
  const { name, of, on, concerns = () => true, boundary, bucket, address } = specification;
  const placeOf = (told: Parameters<typeof boundary>[0]) =>
    bucket === undefined ? boundary(told) : bucketBoundary(boundary(told), bucket(told));
  const { reads, isEntered, after, anew } = enterThings(specification);
  type Event = ReceivedEvent<DataOf<E>>;
  return subscriber<EventDefinition>({
    name,
    on,
    once: 'by-document',
    boundary: (event) => (concerns(event as Event) ? placeOf(event as Event) : undefined),
    gathers: true,
    reads: (event) => reads(address(event as Event), event.sequence),
    isDone: (event, work) => isEntered(event.sequence, address(event as Event), work),
    handle: (event, work) => after(event.sequence, address(event as Event), work),
    remakes: {
      kind: of.kind,
      boundary: (document) => placeOf({ data: readState(of, document) }),
      reads: (thing) => reads(thing),
      remake: anew,
    },
  });
}

/** The first event of a thing opens the bucket that all of its entries are in. */
function openBuckets<E extends EventDefinition, State, Fields extends EntryFields, Beside>(
  { name, of, on, boundary }: DirectorySpecification<E, State, Fields, Beside>,
  bucketOf: (told: { readonly data: DataOf<E> | State }) => string,
): Subscriber {
  type Event = ReceivedEvent<DataOf<E>>;
  return subscriber<EventDefinition>({
    name: `${name}-buckets`,
    on,
    once: 'by-document',
    gathers: true,
    boundary: (event) => (event.sequence === 1 ? boundary(event as Event) : undefined),
    handle: (event, work) => openBucket(work, bucketOf(event as Event)),
    remakes: {
      kind: of.kind,
      boundary: (document) => boundary({ data: readState(of, document) }),
      reads: (thing) => [{ type: of, ...thing }],
      async remake(thing, work) {
        const found = await work.look(of, thing);
        if (found !== undefined) await openBucket(work, bucketOf({ data: found.state }));
      },
    },
  });
}
