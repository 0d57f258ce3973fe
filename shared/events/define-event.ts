import { z } from 'zod';
import type { Topic } from './topics.ts';

/** Something that happened, as a decision returns it: the contract's type and the data, nothing of where and when. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
  readonly definition: EventDefinition;
}

/** Lifts the data of one version to the next: `{ 1: (data) => dataOfVersion2 }` is keyed by the version it takes. */
export type Upcasters = Readonly<Record<number, (data: unknown) => unknown>>;

export interface EventContract<Type extends string, Schema extends z.ZodType> {
  readonly type: Type;
  /** Counted from 1; a change that old readers would trip over is a new version with an upcaster from the last one. */
  readonly version: number;
  readonly topic: Topic;
  readonly data: Schema;
  /** What the event is about: `order/{id}`. The events of one subject are counted in `sequence`. */
  readonly subject: (data: z.output<Schema>) => string;
  /** The topic's key: events that must be seen in order, or that contend for the same state, share it. */
  readonly partitionKey: (data: z.output<Schema>) => string;
  readonly upcasters?: Upcasters;
  readonly description: string;
}

/** A contract without its types, for code that serves every event. */
export interface EventDefinition {
  readonly type: string;
  readonly version: number;
  readonly topic: Topic;
  readonly description: string;
  readonly data: z.ZodType;
  /** @throws ZodError when the data breaks the contract. */
  readonly check: (data: unknown) => void;
  readonly subjectOf: (data: unknown) => string;
  readonly partitionKeyOf: (data: unknown) => string;
  /** Data of any known version, lifted to this one and validated. @throws NewerVersionError */
  readonly read: (data: unknown, version: number) => z.ZodSafeParseResult<unknown>;
}

/** A contract that makes its own events: `OrderCreated({ orderId, … })`. */
export interface EventType<Type extends string, Data> extends EventDefinition {
  (data: Data): DomainEvent<Type, Data>;
  readonly type: Type;
}

/** The data that an event type carries. */
export type DataOf<E> = E extends EventType<string, infer Data> ? Data : never;

/** The event was written by newer code than this: it is kept and tried again once a rolling upgrade is through. */
export class NewerVersionError extends Error {
  override readonly name = 'NewerVersionError';
}

/**
 * The one place that knows a contract: publishing and consuming both validate with it, and the documents are made from it.
 *
 * @example
 * export const OrderShipped = defineEvent({
 *   type: 'order.shipped',
 *   version: 1,
 *   topic: 'order-events',
 *   description: 'The parcel is on its way.',
 *   data: z.object({ orderId: z.string(), location: z.string() }),
 *   subject: ({ orderId }) => `order/${orderId}`,
 *   partitionKey: ({ location }) => location,
 * });
 *
 * OrderShipped({ orderId: '01a2', location: 'main' }); // the event, for an aggregate to record
 */
export function defineEvent<const Type extends string, Schema extends z.ZodType>(
  contract: EventContract<Type, Schema>,
): EventType<Type, z.output<Schema>> {
  type Data = z.output<Schema>;
  const { type, version, topic, description, data: schema } = contract;
  if (!/^[a-z.]+$/.test(type))
    throw new Error(`${type} is no type of an event: write it in lower-case letters and dots, such as order.created`);
  for (let old = 1; old < version; old += 1) {
    if (contract.upcasters?.[old] === undefined)
      throw new Error(`${type} is at version ${version} but has no upcaster from version ${old}`);
  }
  // Every event is checked when it is written and whenever it is read: compiled, that costs a fifth.
  const compiled = z.compile(schema);
  const definition = {
    version,
    topic,
    description,
    data: schema,
    check: (data: unknown) => void compiled.parse(data),
    subjectOf: (data: unknown) => contract.subject(data as Data),
    partitionKeyOf: (data: unknown) => contract.partitionKey(data as Data),
    read(data: unknown, written: number) {
      let lifted: unknown;
      try {
        lifted = upcast(data, written, contract);
      } catch (error) {
        // An upcaster looks into data that nobody has checked.
        if (error instanceof z.ZodError) return { success: false as const, error };
        throw error;
      }
      return compiled.safeParse(lifted);
    },
  };
  const make = (data: Data): DomainEvent<Type, Data> => ({ type, data, definition: eventType });
  const eventType: EventType<Type, Data> = Object.assign(make, definition, { type });
  return eventType;
}

function upcast(
  data: unknown,
  written: number,
  { type, version, upcasters }: Pick<EventContract<string, z.ZodType>, 'type' | 'version' | 'upcasters'>,
): unknown {
  if (written > version)
    throw new NewerVersionError(`${type} version ${written} is newer than version ${version}, which this code knows`);
  let lifted = data;
  for (let from = written; from < version; from += 1) lifted = upcasters?.[from]?.(lifted);
  return lifted;
}
