import { repeatableIds } from '../ids.ts';
import { parseBoundary, storedBoundary } from '../persistence/documents/stored-document.ts';
import type { ConsumeDependencies, Consumer } from './consumer.ts';
import type { GroupContext } from './run-group.ts';

/** How a group runs in a boundary; `existing` and `time` say how it waits. */
export function groupContext(
  boundary: string,
  consumer: Consumer,
  {
    open,
    readerOf,
    lookupOf,
    clock,
    settings,
    tracing,
  }: Pick<ConsumeDependencies, 'open' | 'readerOf' | 'lookupOf' | 'clock' | 'settings' | 'tracing'>,
  { existing, time, report }: Pick<GroupContext, 'existing' | 'time' | 'report'>,
): GroupContext {
  return {
    consumer: consumer.name,
    isErasable: isErasable(boundary, consumer),
    open: (cause, isRetry) => open(boundary, cause, isRetry),
    contextFor: ({ reaction, event }, cause) => ({
      now: clock.now(),
      newId: repeatableIds('reaction', event.tenant, reaction.name, event.id),
      settings,
      reader: readerOf(cause.tenant),
      lookup: lookupOf(cause.tenant),
      unitOfWork: (other) => open(storedBoundary(cause.tenant, other), cause, true),
    }),
    existing,
    time,
    report,
    tracing,
  };
}

function isErasable(stored: string, { reactions, erasable = [] }: Consumer): boolean {
  const { boundary } = parseBoundary(stored);
  const beginnings = [...erasable, ...reactions.flatMap(({ erases }) => erases ?? [])];
  return beginnings.some((beginning) => boundary.startsWith(beginning));
}
