import { formerConstants, formerNames } from '../events/contracts/former-names.ts';
import { type EventTypeName, knownEvents } from '../events/registry.ts';
import { type Topic, topics } from '../events/topics.ts';

/** `order.created` as a constant: `ORDER_CREATED`. */
type ConstantOf<Type extends string> = Type extends `${infer Word}.${infer Rest}`
  ? `${Uppercase<Word>}_${ConstantOf<Rest>}`
  : Uppercase<Type>;

const constantOf = (type: string) => type.replaceAll('.', '_').toUpperCase();

type Constants = { readonly [Type in EventTypeName as ConstantOf<Type>]: Type };

// What is made of all types has the constants of all types, which Object.fromEntries forgets.
const constants = Object.fromEntries(knownEvents.map(({ type }) => [constantOf(type), type])) as Constants;

/**
 * Every event by its constant: `KAFKA_TOPICS.USER_CREATED` is `user.created`. The systems replaced had a topic for each
 * event; here a topic holds all events of a domain, and wherever those took a topic, an event type may be named.
 */
export const KAFKA_TOPICS = { ...constants, ...formerConstants };

const eventOf = new Map<string, (typeof knownEvents)[number]>();
for (const event of knownEvents) eventOf.set(event.type, event);
for (const [name, type] of [...Object.entries(KAFKA_TOPICS), ...Object.entries(formerNames)]) {
  const event = eventOf.get(type);
  if (event !== undefined) eventOf.set(name, event);
}

/** Where a name leads: to one event on its topic, or to all events of a topic. */
export interface Place {
  readonly topic: Topic;
  /** Absent where the name is a topic's. */
  readonly type: EventTypeName | undefined;
}

/** The place of an event type, a constant, a name of the systems replaced, or a topic. @throws UnknownNameError */
export function placeOf(name: string): Place {
  const topic = topics.find((one) => one === name);
  if (topic !== undefined) return { topic, type: undefined };
  const { type, topic: ofType } = eventNamed(name);
  return { topic: ofType, type };
}

/** The event that a name means. @throws UnknownNameError */
export function eventNamed(name: string): (typeof knownEvents)[number] {
  const event = eventOf.get(name);
  if (event === undefined)
    throw new UnknownNameError(
      `there is no event or topic '${name}': KAFKA_TOPICS has the events, docs/asyncapi.yaml tells of them`,
    );
  return event;
}

/** A name that no event and no topic has. */
export class UnknownNameError extends Error {
  override readonly name = 'UnknownNameError';
}
