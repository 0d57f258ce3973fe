import { type Listening, topicsOf } from '../consuming/listening.ts';
import type { Once, Places, Reaction, ReactionContext } from '../consuming/reaction.ts';
import type { Remaking } from '../consuming/remaking.ts';
import type { DataOf, EventDefinition } from '../events/define-event.ts';
import type { ReceivedEvent } from '../events/envelope.ts';
import { type AnyEvent, type EveryEvent, everyEvent } from '../events/every-event.ts';
import type { Projection } from '../model/projection.ts';
import type { LoadRequest } from '../persistence/commit/load-request.ts';
import type { UnitOfWork } from '../persistence/commit/unit-of-work.ts';
import type { Settings } from '../settings/settings.ts';

/** What it is on: an event, events of one topic, or every event there is. */
export type Heard = EventDefinition | EveryEvent;

/** Which event, with its data; for a list of events, any of them, told apart by `type`. */
type EventOf<E> = E extends EveryEvent
  ? AnyEvent
  : E extends EventDefinition & { readonly type: infer Type }
    ? ReceivedEvent<DataOf<E>> & { readonly type: Type }
    : never;

/** What a reaction gets besides the event: it writes its own boundary alone. */
export type SubscriberContext = Omit<ReactionContext, 'unitOfWork'>;

export interface SubscriberSpecification<E extends Heard> {
  /** The capability's name; also what replays and dead letters call it, so it never changes. */
  readonly name: string;
  /** The event, or the events of one topic, that it reacts to; `everyEvent` is all of all topics. */
  readonly on: E | readonly E[];
  /** Whether it runs at all; by default it does. */
  readonly when?: (settings: Settings) => boolean;
  readonly once: Once;
  /**
   * The projections that are made of these events alone, each wholly of the last event about it that counts: a rebuild
   * makes them anew from the events that the topic still has. What adds up over events is none: it would forget.
   */
  readonly projects?: readonly Projection<unknown>[];
  /**
   * Where it writes; nowhere where the event does not concern it, which is passed over then. It may be two, where both ends of a
   * thing are written: then it happens once in each, in a commit of its own, and `handle` is told in which (`boundary`). A
   * function of the event alone, so that it is the same at each delivery.
   */
  readonly boundary: (event: EventOf<E>) => Places;
  /** How a rebuild makes anew of documents what it has made: for words that make entries of documents. */
  readonly remakes?: Remaking;
  /** What handling the event will load, where it often comes in groups: fetched in one query for all of them. */
  readonly reads?: (event: EventOf<E>, boundary: string) => readonly LoadRequest[];
  /**
   * Whether what this process last saw of the boundary shows that there is nothing to do any more. It may have been long ago, so only
   * what stays true once it is shows that.
   */
  readonly isDone?: (event: EventOf<E>, work: Pick<UnitOfWork, 'recall'>) => boolean;
  /**
   * Whether nobody waits for it: where this is so of all that a service does with a topic, and much comes, it takes up together what
   * comes within a quarter of a second, which costs a fraction. For lists, counts and notices; not for what decides.
   */
  readonly gathers?: boolean;
  /** Does what the event asks for; what it records is committed, with that of its neighbours, when it returns. */
  readonly handle: (event: EventOf<E>, work: UnitOfWork, context: SubscriberContext) => Promise<void>;
}

export interface Subscriber extends Reaction {
  readonly word: 'subscriber';
  readonly when: (settings: Settings) => boolean;
  /** It writes its boundary alone. */
  readonly handle: (event: ReceivedEvent, work: UnitOfWork, context: SubscriberContext) => Promise<void>;
}

/**
 * A capability that is a reaction to an event.
 *
 * @example
 * export const confirmOrder = subscriber({
 *   name: 'confirm-order',
 *   on: StockReserved,
 *   once: 'by-document',
 *   boundary: ({ data }) => orderBoundary(data.orderId),
 *   async handle({ data }, work) {
 *     const order = await work.load(Order, data.orderId);
 *     order.record(settle(order.state, 'confirmed'));
 *   },
 * });
 *
 * // All events there are, also those that this code does not know: of these, a hash in place of the data.
 * const Seen = defineProjection({ kind: 'seen', state: z.object({ source: z.string() }) });
 * export const countEvents = subscriber({
 *   name: 'count-events',
 *   on: everyEvent,
 *   once: 'by-document',
 *   boundary: ({ topic, partition }) => `seen:${topic}:${partition}`,
 *   async handle({ id, attributes }, work) {
 *     const entry = await work.expectNew(Seen, id);
 *     if (!entry.exists) entry.put({ source: attributes.source });
 *   },
 * });
 */
export function subscriber<E extends Heard>(specification: SubscriberSpecification<E>): Subscriber {
  const { name, when = () => true, once, projects = [], remakes, gathers = false, boundary } = specification;
  const { reads, isDone, handle } = specification;
  const heard: readonly Heard[] = [specification.on].flat();
  const on: Listening = heard.includes(everyEvent) ? everyEvent : heard.filter((one) => one !== everyEvent);
  if (on !== everyEvent && topicsOf(on).length > 1) {
    throw new Error(
      `${name} listens to events of several topics: their order is undefined, so make it several subscribers`,
    );
  }
  if (once === 'by-marker' && projects.length > 0)
    throw new Error(`${name} is once by marker, so no event would rebuild what it projects: make it by document`);
  // The consumer has read the event by the very definitions in `on`.
  return {
    word: 'subscriber',
    name,
    on,
    when,
    once,
    projects,
    ...(remakes === undefined ? {} : { remakes }),
    boundary: boundary as Reaction['boundary'],
    gathers,
    reads: reads as Reaction['reads'],
    isDone: isDone as Reaction['isDone'],
    handle: handle as Subscriber['handle'],
  };
}
