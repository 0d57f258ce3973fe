import type { Aggregate } from '../persistence/aggregate.ts';
import type { TrackedAggregate } from '../persistence/tracked.ts';
import type { UnitOfWork } from '../persistence/unit-of-work.ts';

export interface DeadlineSpecification<State> {
  /** The capability's name. */
  readonly name: string;
  /** The aggregate whose `dueAt` it serves. */
  readonly on: Aggregate<State>;
  /** Records what the passing of time means; the outcome must move or clear `dueAt`. */
  readonly handle: (due: TrackedAggregate<State>, work: UnitOfWork) => Promise<void>;
}

/** A deadline without its types, for the sweep. */
export interface Deadline {
  readonly word: 'deadline';
  readonly name: string;
  readonly kind: string;
  /** Visits a document of this kind within a unit of work. @throws Error when it leaves `dueAt` where it is. */
  readonly visit: (id: string, dueAt: string, work: UnitOfWork) => Promise<void>;
}

/** A capability that is due at a time: a document says when, in `dueAt`. */
export function deadline<State extends { readonly dueAt?: string | undefined }>({
  name,
  on,
  handle,
}: DeadlineSpecification<State>): Deadline {
  return {
    word: 'deadline',
    name,
    kind: on.kind,
    async visit(id, dueAt, work) {
      const due = await work.load(on, id);
      if (due.current?.dueAt !== dueAt) return;
      await handle(due, work);
      if (due.current.dueAt === dueAt)
        throw new Error(`${name} left ${on.kind} ${id} due: it must move or clear dueAt`);
    },
  };
}
