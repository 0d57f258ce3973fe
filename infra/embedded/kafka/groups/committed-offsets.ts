import type { JournalEntry } from './offset-journal.ts';

/** How far a group has come in a partition, as it said itself. */
export interface CommittedOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly metadata: string | null;
}

/** The committed offsets of one group. */
export class CommittedOffsets {
  readonly #topics = new Map<string, Map<number, CommittedOffset>>();

  get isEmpty(): boolean {
    return this.#topics.size === 0;
  }

  set(committed: CommittedOffset): void {
    const partitions = this.#topics.get(committed.topic) ?? new Map<number, CommittedOffset>();
    this.#topics.set(committed.topic, partitions.set(committed.partition, committed));
  }

  get(topic: string, partition: number): CommittedOffset | undefined {
    return this.#topics.get(topic)?.get(partition);
  }

  dropTopic(topic: string): void {
    this.#topics.delete(topic);
  }

  topicNames(): readonly string[] {
    return [...this.#topics.keys()];
  }

  all(): readonly CommittedOffset[] {
    return [...this.#topics.values()].flatMap((partitions) => [...partitions.values()]);
  }

  /** Everything in one line of the journal. */
  asEntry(group: string): JournalEntry {
    return commitEntry(group, this.all());
  }
}

export function commitEntry(group: string, offsets: readonly CommittedOffset[]): JournalEntry {
  return {
    kind: 'commit',
    group,
    offsets: offsets.map(({ topic, partition, offset, metadata }) => [topic, partition, offset, metadata]),
  };
}
