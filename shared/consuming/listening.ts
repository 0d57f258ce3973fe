import type { EventDefinition } from '../events/define-event.ts';
import { type EveryEvent, everyEvent } from '../events/every-event.ts';
import { type Topic, topics } from '../events/topics.ts';

/** What a reaction listens to: events of one topic, or all events of all. */
export type Listening = readonly EventDefinition[] | EveryEvent;

/** The topics that it has to read: in each of them the service has a consumer. */
export function topicsOf(on: Listening): readonly Topic[] {
  return on === everyEvent ? topics : [...new Set(on.map(({ topic }) => topic))];
}

/** Whether it takes events of a type. */
export function listensTo(on: Listening, type: string): boolean {
  return on === everyEvent || on.some((definition) => definition.type === type);
}
