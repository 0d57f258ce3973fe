import type { ReceivedRecord } from '../bus/received-record.ts';
import { BatchReport } from './batch-report.ts';
import { BatchUnfinishedError } from './batch-time.ts';
import type { ConsumeDependencies, Consumer } from './consumer.ts';
import { groupContext } from './group-context.ts';
import type { Task } from './reaction.ts';
import { runGroup } from './run-group.ts';
import { sortBatch } from './sort-batch.ts';

/** Whoever delivers comes again later, so nothing is waited for. */
const noTime = {
  pause: (error: unknown) => Promise.reject(new BatchUnfinishedError('the store is in trouble', { cause: error })),
  check: () => undefined,
  hasRoomFor: () => true,
};

/**
 * Delivers one record in this process, once; answers with what it failed of, if it did. Of a reaction that writes two boundaries
 * by it, in the one that is named.
 *
 * @throws BatchUnfinishedError where the store is in trouble, which says nothing of the event.
 */
export async function deliverOnce(
  record: ReceivedRecord,
  consumer: Consumer,
  dependencies: Omit<ConsumeDependencies, 'deadLetters' | 'retryWindowMs'>,
  end?: string,
): Promise<unknown> {
  const { groups, unreadable } = sortBatch([record], consumer.name, consumer.reactions, dependencies.settings.TENANTS);
  const errors = unreadable.map(({ error }) => error);
  const report = new BatchReport(dependencies);
  const isEnd = (task: Task) => task.end === end;
  const hasEnd = [...groups.values()].flat().some(isEnd);
  for (const [boundary, all] of groups) {
    // An event that somebody has mended may be of other boundaries than it was.
    const tasks = hasEnd ? all.filter(isEnd) : all;
    const existing = (markers: readonly string[]) => dependencies.existing(boundary, markers);
    // Whoever has a letter delivered knows of it.
    const withoutParked = async (failing: readonly Task[]) => failing;
    const delivery = { existing, withoutParked, time: noTime, report };
    const { failures, unfinished } = await runGroup(tasks, groupContext(boundary, consumer, dependencies, delivery));
    if (unfinished !== undefined) throw unfinished.error;
    errors.push(...failures.map(({ error }) => error));
    report.consumed(tasks.filter((task) => !failures.some((failure) => failure.task === task)));
  }
  report.close();
  return errors[0];
}
