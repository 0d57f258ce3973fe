import type { DomainEvent } from '../../../shared/events/define-event.ts';
import type { Aggregate } from '../../../shared/model/aggregate.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

/** An aggregate that has begun: its rules take its state first, and `when` what they need besides. */
export interface GivenState<State> {
  when<Args extends readonly unknown[], E extends DomainEvent>(
    decide: (state: State, ...args: Args) => E | readonly E[],
    ...args: Args
  ): Outcome<State, E>;
}

/** An aggregate that has not begun: there is no state, so `when` names all that the rule takes. */
export interface GivenNothing<State> {
  when<Args extends readonly unknown[], E extends DomainEvent>(
    decide: (...args: Args) => E | readonly E[],
    ...args: Args
  ): Outcome<State, E>;
}

/**
 * The rules of an aggregate as sentences. What it was before is told by the events that led there, or by a state, which events
 * may follow; without either it has not begun.
 *
 * @example
 * given(Order, aConfirmedOrder).when(cancel, 'by-customer').then(['order.cancelled', 'order.status.changed']);
 * given(Order, aShippedOrder).when(cancel, 'by-customer').isRefused('illegal-transition');
 * given(Order).when(place, aPlacement).thenState(aPendingOrder);
 */
export function given<State>(aggregate: Aggregate<State>): GivenNothing<State>;
export function given<State>(
  aggregate: Aggregate<State>,
  before: NoInfer<State> | DomainEvent,
  ...events: readonly DomainEvent[]
): GivenState<State>;
export function given<State>(
  aggregate: Aggregate<State>,
  before?: State | DomainEvent,
  ...events: readonly DomainEvent[]
): GivenState<State> | GivenNothing<State> {
  if (before === undefined) {
    const begin: GivenNothing<State> = {
      when: (decide, ...args) => outcomeOf(aggregate, undefined, () => decide(...args)),
    };
    return begin;
  }
  const begun = isEvent(before) ? aggregate.apply(undefined, before) : before;
  const state = events.reduce(aggregate.apply, begun);
  const given: GivenState<State> = {
    when: (decide, ...args) => outcomeOf(aggregate, state, () => decide(state, ...args)),
  };
  return given;
}

function isEvent(before: unknown): before is DomainEvent {
  return typeof before === 'object' && before !== null && 'definition' in before && 'data' in before;
}
