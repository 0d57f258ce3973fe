import type { Cause } from '../events/cause.ts';
import { repeatableIds } from '../ids.ts';
import type { UnitOfWork } from '../persistence/commit/unit-of-work.ts';
import { parseBoundary, storedBoundary } from '../persistence/documents/stored-document.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import type { BatchReport } from './batch-report.ts';
import type { BatchTime } from './batch-time.ts';
import type { ConsumeDependencies, Consumer } from './consumer.ts';
import type { ReactionContext, Task } from './reaction.ts';

/** The boundary that a group of tasks writes. */
export interface GroupContext {
  readonly consumer: string;
  /** Without tenant. */
  readonly boundary: string;
  /** Whether the boundary may have been erased: then nothing is begun in it any more. */
  readonly isErasable: boolean;
  /** `isRetry` where a commit of the same was refused. */
  readonly open: (cause: Cause, isRetry: boolean) => UnitOfWork;
  /** What the reaction of a task, one of so many, can reach; what it does follows from this. */
  readonly contextFor: (task: Task, cause: Cause, together: number) => ReactionContext;
  /** Those of the markers that exist. */
  readonly existing: (markers: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Those of the tasks that have no dead letter yet. */
  readonly withoutParked: (tasks: readonly Task[]) => Promise<readonly Task[]>;
  /** When the batch is to be given back. */
  readonly time: Pick<BatchTime, 'pause' | 'check' | 'hasRoomFor'>;
  readonly report: BatchReport;
  readonly tracing: Tracing | undefined;
}

/** How a group runs in a boundary; `existing`, `withoutParked` and `time` say how it waits, and what for. */
export function groupContext(
  stored: string,
  consumer: Consumer,
  {
    open,
    readerOf,
    lookupOf,
    clock,
    settings,
    tracing,
  }: Pick<ConsumeDependencies, 'open' | 'readerOf' | 'lookupOf' | 'clock' | 'settings' | 'tracing'>,
  delivery: Pick<GroupContext, 'existing' | 'withoutParked' | 'time' | 'report'>,
): GroupContext {
  const { boundary } = parseBoundary(stored);
  return {
    consumer: consumer.name,
    boundary,
    isErasable: isErasable(boundary, consumer),
    open: (cause, isRetry) => open(stored, cause, isRetry),
    contextFor: ({ reaction, event }, cause, together) => ({
      boundary,
      now: clock.now(),
      together,
      newId: repeatableIds('reaction', event.tenant, reaction.name, event.id),
      settings,
      reader: readerOf(cause.tenant),
      lookup: lookupOf(cause.tenant),
      unitOfWork: (other) => open(storedBoundary(cause.tenant, other), cause, true),
    }),
    ...delivery,
    tracing,
  };
}

function isErasable(boundary: string, { reactions, erasable = [] }: Consumer): boolean {
  const beginnings = [...erasable, ...reactions.flatMap(({ erases }) => erases ?? [])];
  return beginnings.some((beginning) => boundary.startsWith(beginning));
}
