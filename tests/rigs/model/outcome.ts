import { expect } from 'vitest';
import type { DomainEvent } from '../../../shared/events/define-event.ts';
import type { Aggregate } from '../../../shared/model/aggregate.ts';
import { Rejection, type RejectionKind } from '../../../shared/model/rejection.ts';

/** An event by its type alone, or with its data, whole (`expect.objectContaining` where a part is enough). */
type Expected<E extends DomainEvent> =
  E extends DomainEvent<infer Type, infer Data> ? Type | { readonly type: Type; readonly data: Data } : never;

export interface Refusal {
  readonly kind?: RejectionKind;
  readonly detail?: string;
}

/** The aggregate after what was decided. @throws Error where it was refused */
export interface Afterwards<State> {
  /** The state afterwards is this, whole. */
  thenState(expected: State): void;
  /** To decide on further, or to look at in part. */
  readonly state: State;
}

/** What a rule makes of it. Every method asserts something. */
export interface Outcome<State, E extends DomainEvent> extends Afterwards<State> {
  /** These events and no others, in this order; none is `[]`. */
  then(expected: readonly Expected<E>[]): Afterwards<State>;
  /** No: by this code, and of this kind and in these words where they are named. */
  isRefused(code: string, refusal?: Refusal): void;
}

type Decided<E> =
  | { readonly isRefused: false; readonly events: readonly E[] }
  | { readonly isRefused: true; readonly rejection: Rejection };

/** Asks the rule, once. What is no `Rejection` is a bug in it, and thrown. */
export function outcomeOf<State, E extends DomainEvent>(
  { kind, apply }: Aggregate<State>,
  before: State | undefined,
  decide: () => E | readonly E[],
): Outcome<State, E> {
  const decided = ask(decide);
  const eventsHere = (): readonly E[] => {
    if (!decided.isRefused) return decided.events;
    const { code, message } = decided.rejection;
    return expect.fail(`the rule was to decide, but refuses with ${code}: ${message}`);
  };
  const afterwards: Afterwards<State> = {
    get state() {
      const after = eventsHere().reduce<State | undefined>(apply, before);
      return after ?? expect.fail(`nothing happened, so there is no ${kind}`);
    },
    thenState(expected) {
      expect(this.state, `the ${kind} afterwards`).toEqual(expected);
    },
  };
  return {
    get state() {
      return afterwards.state;
    },
    thenState: (expected) => afterwards.thenState(expected),
    // biome-ignore lint/suspicious/noThenProperty: given, when, then are the words of such tests; nobody awaits this.
    then(expected) {
      const events: readonly DomainEvent[] = eventsHere();
      const shown = events.map(({ type, data }, n) => (typeof expected[n] === 'object' ? { type, data } : type));
      expect(shown, `what happens to the ${kind}`).toEqual(expected);
      return afterwards;
    },
    isRefused(code, { kind: refusalKind, detail } = {}) {
      if (!decided.isRefused)
        expect.fail(
          `the rule was to refuse with ${code}, but decides: ${typesOf(decided.events).join(', ') || 'nothing'}`,
        );
      const { rejection } = decided;
      expect(rejection.code, rejection.message).toBe(code);
      if (refusalKind !== undefined) expect(rejection.kind).toBe(refusalKind);
      if (detail !== undefined) expect(rejection.message).toBe(detail);
    },
  };
}

function ask<E extends DomainEvent>(decide: () => E | readonly E[]): Decided<E> {
  try {
    const told = decide();
    return { isRefused: false, events: isList(told) ? told : [told] };
  } catch (error) {
    if (error instanceof Rejection) return { isRefused: true, rejection: error };
    throw error;
  }
}

const typesOf = (events: readonly DomainEvent[]) => events.map(({ type }) => type);

/** `Array.isArray` does not know of readonly arrays. */
const isList = <E>(told: E | readonly E[]): told is readonly E[] => Array.isArray(told);
