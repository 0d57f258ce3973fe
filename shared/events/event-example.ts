import type { DomainEvent, EventDefinition } from './define-event.ts';

/** An event as a service might tell it, and what readers of the bus rely on in it. */
export interface EventExample {
  readonly event: DomainEvent;
  /** Where it goes, what it is about, and what it is in order with. None of them ever changes. */
  readonly promise: Pick<EventDefinition, 'topic'> & { readonly subject: string; readonly key: string };
}
