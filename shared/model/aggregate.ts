import { z } from 'zod';
import type { DomainEvent, EventDefinition, EventType } from '../events/define-event.ts';
import { reject } from './rejection.ts';

export { rememberedSeconds } from '../settings/retention.ts';
export { Rejection, reject, rejectContent } from './rejection.ts';

type EventOf<E> = E extends EventType<infer Type, infer Data> ? DomainEvent<Type, Data> : never;

type OfType<E extends EventDefinition, Type> = EventOf<Extract<E, { readonly type: Type }>>;

/** From an event's type to what it makes of the state. */
type Begin<State, E extends EventDefinition> = {
  readonly [Type in E['type']]?: (event: OfType<E, Type>) => State;
};
type Evolve<State, E extends EventDefinition> = {
  readonly [Type in E['type']]?: (state: State, event: OfType<E, Type>) => State;
};

export interface AggregateSpecification<Schema extends z.ZodObject, E extends readonly EventDefinition[]> {
  /** Names the documents; a document's id is `{kind}:{id}`. */
  readonly kind: string;
  /** The state; a `dueAt` (ISO 8601) asks the sweep for a visit, a `ttl` (seconds) ends the document. */
  readonly state: Schema;
  /** Every event that may be recorded on the aggregate. */
  readonly events: E;
  /** The first state, by the event that begins the aggregate. */
  readonly begin: Begin<z.output<Schema>, E[number]>;
  /** The next state, by event; an event without an entry changes nothing. */
  readonly evolve: Evolve<z.output<Schema>, E[number]>;
  /**
   * Whether a new one is changed again within moments, as an order is that will be confirmed: until then its document carries what its
   * creation owes the bus, which saves an outbox document and its removal.
   */
  readonly changesSoon?: boolean;
  /** Whether it is mostly all that its commits change: then it carries what a change owes, too, and such a commit shares a request with others. */
  readonly changesAlone?: boolean;
}

/** A kind of document whose state changes only by events. */
export interface Aggregate<State> {
  readonly nature: 'aggregate';
  readonly kind: string;
  /** @throws ZodError when the stored state does not fit. */
  readonly parse: (stored: unknown) => State;
  /** Whether a new one is changed again within moments. */
  readonly changesSoon: boolean;
  /** Whether it is mostly all that its commits change. */
  readonly changesAlone: boolean;
  /** The state after the event; `undefined` is an aggregate that has not begun. */
  apply(state: State | undefined, event: DomainEvent): State;
}

/** The names that a document keeps for itself; a state has its identity under a name of the domain (`orderId`). */
const reserved = [
  'id',
  'boundary',
  'kind',
  'version',
  'dueAttempts',
  'dueSince',
  'parkedDueAt',
  'attempt',
  'rebuiltBy',
  'receipt',
  'changedBy',
  'owes',
];

/**
 * Declares an aggregate. Pure: nothing here reads or writes.
 *
 * @example
 * export const Parcel = defineAggregate({
 *   kind: 'parcel',
 *   state: z.object({ orderId: z.string(), isCancelled: z.boolean() }),
 *   events: [OrderCreated, OrderCancelled],
 *   begin: { [OrderCreated.type]: ({ data }) => ({ orderId: data.orderId, isCancelled: false }) },
 *   evolve: { [OrderCancelled.type]: (parcel) => ({ ...parcel, isCancelled: true }) },
 * });
 */
export function defineAggregate<Schema extends z.ZodObject, const E extends readonly EventDefinition[]>(
  specification: AggregateSpecification<Schema, E>,
): Aggregate<z.output<Schema>> {
  type State = z.output<Schema>;
  const { kind, state: schema, changesSoon = false, changesAlone = false } = specification;
  refuseReserved(kind, schema);
  const compiled = z.compile(schema);
  const known = new Set(specification.events.map((event) => event.type));
  const begin = specification.begin as Readonly<Record<string, ((event: DomainEvent) => State) | undefined>>;
  const evolve = specification.evolve as Readonly<
    Record<string, ((state: State, event: DomainEvent) => State) | undefined>
  >;
  return {
    nature: 'aggregate',
    kind,
    changesSoon,
    changesAlone,
    parse: (stored) => compiled.parse(stored),
    apply(state, event) {
      if (!known.has(event.type))
        throw new Error(`${kind} does not list the event ${event.type}: add it to its events`);
      const next = evolve[event.type];
      const first = begin[event.type];
      if (state !== undefined) {
        if (next === undefined && first !== undefined)
          throw reject('already-exists', `there is such a ${kind} already`);
        return next?.(state, event) ?? state;
      }
      if (first === undefined) throw new Error(`${kind} cannot begin with ${event.type}`);
      return first(event);
    },
  };
}

/** @throws Error when a state schema uses a name that the document keeps for itself. */
export function refuseReserved(kind: string, schema: z.ZodObject): void {
  const taken = reserved.filter((name) => name in schema.shape);
  if (taken.length > 0)
    throw new Error(`the state of ${kind} may not have a field ${taken.join(', ')}: documents use it`);
}
