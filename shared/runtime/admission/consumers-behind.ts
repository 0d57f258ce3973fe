import type { ConsumerGroup, ConsumerLag } from '../../bus/lag.ts';
import type { Clock } from '../../clock.ts';
import { errorText, type Log } from '../../telemetry/log.ts';
import { OverloadedError } from './overloaded-error.ts';
import { PartitionBudget } from './partition-budget.ts';

interface Dependencies {
  /** The consumers that decide. */
  readonly groups: readonly ConsumerGroup[];
  /** How long what is decided by them all may wait, in milliseconds. */
  readonly longestMs: number;
  readonly read: (groups: readonly ConsumerGroup[]) => Promise<readonly ConsumerLag[]>;
  /** Nothing, where the bus alone knows. */
  readonly partitionOf: (key: string, partitions: number) => number | undefined;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** It is looked as often at most, and only while somebody asks. */
const freshMs = 500;

/**
 * How far they are behind who decide, in the partitions of what is to be decided: for a process that is not told of decisions. It is looked
 * in the background, and nobody waits for it.
 */
export class ConsumersBehind {
  readonly #given: Dependencies;
  /** By consumer, then by partition. */
  readonly #budgets = new Map<string, PartitionBudget[]>();
  #lookedAt = Number.NEGATIVE_INFINITY;
  #isLooking = false;

  constructor(given: Dependencies) {
    this.#given = given;
  }

  /** Takes one thing of a tenant with this key. @throws OverloadedError where they would come to it too late */
  take(tenant: string, key: string): void {
    const now = this.#given.clock.now().getTime();
    if (now - this.#lookedAt >= freshMs && !this.#isLooking) void this.#look();
    const passed = [...this.#budgets.values()].flatMap((partitions) => this.#budgetsOf(partitions, key));
    const full = passed.find((budget) => !budget.mayTake(tenant, now));
    if (full !== undefined) throw new OverloadedError('lag', full.waitMs);
    for (const budget of passed) budget.take(tenant);
  }

  /** Where the bus alone knows which one it is, it may be each of them. */
  #budgetsOf(partitions: readonly PartitionBudget[], key: string): readonly PartitionBudget[] {
    const partition = this.#given.partitionOf(key, partitions.length);
    return partition === undefined ? partitions : partitions.slice(partition, partition + 1);
  }

  async #look(): Promise<void> {
    const { groups, read, clock, log, longestMs } = this.#given;
    this.#isLooking = true;
    try {
      for (const { group, partitions } of await read(groups)) {
        const now = clock.now().getTime();
        const known = this.#budgets.get(group) ?? [];
        const budgets = partitions.map((_, index) => known[index] ?? new PartitionBudget(longestMs / groups.length));
        partitions.forEach((progress, index) => void budgets[index]?.look(progress, now));
        this.#budgets.set(group, budgets);
      }
    } catch (error) {
      log.warn('how far those are behind who decide is not known: nobody is refused for it', {
        error: errorText(error),
      });
    } finally {
      this.#isLooking = false;
      this.#lookedAt = clock.now().getTime();
    }
  }
}
