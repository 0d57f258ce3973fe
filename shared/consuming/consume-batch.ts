import { backoff } from '../async/backoff.ts';
import { inParallel } from '../async/in-parallel.ts';
import { retry } from '../async/retry.ts';
import type { ReceivedRecord } from '../bus/received-record.ts';
import type { FailedWork } from '../dead-letters/dead-letters.ts';
import { timed } from '../telemetry/timed.ts';
import { BatchReport } from './batch-report.ts';
import { BatchTime } from './batch-time.ts';
import type { ConsumeDependencies, Consumer } from './consumer.ts';
import { failedRecord, failedTask, letterOf } from './failed-work.ts';
import { type GroupContext, groupContext } from './group-context.ts';
import type { Failure, Task } from './reaction.ts';
import { runGroup } from './run-group.ts';
import { sortBatch } from './sort-batch.ts';
import { Tries } from './tries.ts';

/** Boundaries, or letters, that are written side by side. */
const atOnce = 16;

/**
 * Does what the events of a batch ask for, each once, or parks them as dead letters. When it returns, the batch may be
 * forgotten: nothing of it is lost.
 *
 * @throws BatchUnfinishedError when the store was away, or the batch took longer, than it may be held.
 */
export async function consumeBatch(
  records: readonly ReceivedRecord[],
  consumer: Consumer,
  dependencies: ConsumeDependencies,
): Promise<void> {
  const report = new BatchReport(dependencies);
  try {
    await timed(dependencies.metrics, consumer.name, () =>
      new Consumption(consumer, dependencies, report).finish(records),
    );
  } finally {
    report.close();
  }
}

/** Tasks of one boundary that are run together. */
interface Group {
  readonly place: GroupContext;
  readonly tasks: readonly Task[];
}

/** What failed of a group. */
interface FailedGroup {
  readonly place: GroupContext;
  readonly failures: readonly Failure[];
}

/** One batch on its way. What is in trouble holds up nothing else: it is told when all else is done. */
class Consumption {
  readonly #consumer: Consumer;
  readonly #dependencies: ConsumeDependencies;
  readonly #report: BatchReport;
  readonly #time: BatchTime;
  readonly #tries = new Tries();
  readonly #trouble: unknown[] = [];

  constructor(consumer: Consumer, dependencies: ConsumeDependencies, report: BatchReport) {
    this.#consumer = consumer;
    this.#dependencies = dependencies;
    this.#report = report;
    this.#time = new BatchTime(dependencies.clock, dependencies.retryWindowMs);
  }

  async finish(records: readonly ReceivedRecord[]): Promise<void> {
    const { name, reactions } = this.#consumer;
    const { groups, unreadable, repeated } = sortBatch(records, name, reactions, this.#dependencies.settings.TENANTS);
    this.#report.duplicates(repeated);
    const now = this.#dependencies.clock.now();
    await Promise.all([
      this.#each(unreadable, (one) => this.#park(failedRecord(one, now))),
      this.#finishGroups([...groups].map(([boundary, tasks]) => ({ place: this.#contextOf(boundary), tasks }))),
    ]);
    if (this.#trouble.length > 0) throw this.#trouble[0];
  }

  /**
   * Runs all groups, and what failed of them again, as often as the errors make sense of it. All wait together, so that
   * hundreds take no longer than one; what cannot be tried again in the batch's time is parked as it is.
   */
  async #finishGroups(all: readonly Group[]): Promise<void> {
    let failed = await this.#newFailures(await this.#run(all));
    while (failed.length > 0) {
      const wait = backoff(this.#tries.most);
      const isWorthIt = (failure: Failure) => this.#time.hasRoomFor(wait) && this.#tries.areLeft(failure);
      const lasting = failed.flatMap(({ failures }) => failures.filter((failure) => !isWorthIt(failure)));
      await this.#each(lasting, async (failure) => {
        await this.#park(failedTask(failure, this.#tries.of(failure.task)));
        this.#report.consumed([failure.task]);
      });
      const again = failed.flatMap(({ place, failures }) => {
        const tasks = failures.filter(isWorthIt).map(({ task }) => task);
        return tasks.length === 0 ? [] : [{ place, tasks }];
      });
      if (again.length === 0) return;
      await this.#dependencies.clock.wait(wait);
      failed = await this.#run(again);
    }
  }

  async #run(groups: readonly Group[]): Promise<readonly FailedGroup[]> {
    const failed: FailedGroup[] = [];
    await this.#each(groups, async ({ place, tasks }) => {
      const { failures, unfinished } = await runGroup(tasks, place);
      for (const failure of failures) {
        this.#tries.count(failure);
        if (this.#tries.areLeft(failure)) this.#report.retried(failure, this.#tries.of(failure.task));
      }
      const open = new Set([...failures.map(({ task }) => task), ...(unfinished?.tasks ?? [])]);
      this.#report.consumed(tasks.filter((task) => !open.has(task)));
      if (failures.length > 0) failed.push({ place, failures });
      if (unfinished !== undefined) this.#trouble.push(unfinished.error);
    });
    return failed;
  }

  /** A batch that is delivered again: what was parked the first time is not tried as often as if it was new. */
  async #newFailures(failed: readonly FailedGroup[]): Promise<readonly FailedGroup[]> {
    const tasks = failed.flatMap(({ failures }) => failures.map(({ task }) => task));
    const unknown = new Set(await this.#withoutParked(tasks));
    this.#report.consumed(tasks.filter((task) => !unknown.has(task)));
    return failed.flatMap(({ place, failures }) => {
      const left = failures.filter(({ task }) => unknown.has(task));
      return left.length === 0 ? [] : [{ place, failures: left }];
    });
  }

  async #withoutParked(tasks: readonly Task[]): Promise<readonly Task[]> {
    if (tasks.length === 0) return tasks;
    const areParked = await this.#persist(() => this.#dependencies.deadLetters.areParked(tasks.map(letterOf)));
    this.#report.duplicates(tasks.filter((_, index) => areParked[index]).map(({ reaction }) => reaction));
    return tasks.filter((_, index) => !areParked[index]);
  }

  #park(failed: FailedWork): Promise<void> {
    return this.#persist(() => this.#dependencies.deadLetters.park(failed));
  }

  /** Repeats what must not fail until it succeeds or the batch's time is over. */
  #persist<T>(attempt: () => Promise<T>): Promise<T> {
    return retry(attempt, { when: () => true, pause: this.#time.pause });
  }

  async #each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
    await inParallel(items, atOnce, work).catch((error: unknown) => this.#trouble.push(error));
  }

  #contextOf(boundary: string): GroupContext {
    const existing = (markers: readonly string[]) =>
      this.#persist(() => this.#dependencies.existing(boundary, markers));
    return groupContext(boundary, this.#consumer, this.#dependencies, {
      existing,
      withoutParked: (tasks) => this.#withoutParked(tasks),
      time: this.#time,
      report: this.#report,
    });
  }
}
