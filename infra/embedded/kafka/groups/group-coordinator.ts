import { join } from 'node:path';
import { type CommittedOffset, CommittedOffsets, commitEntry } from './committed-offsets.ts';
import { Group, type GroupIdentity } from './group.ts';
import { type JournalEntry, OffsetJournal } from './offset-journal.ts';

interface GroupRecord {
  readonly group: Group;
  readonly offsets: CommittedOffsets;
}

/**
 * All consumer groups: their members, which live as long as this process, and their offsets and generations, which
 * outlive it. A client of an earlier process is told that it is unknown, joins anew and finds a later generation.
 */
export class GroupCoordinator {
  readonly #records = new Map<string, GroupRecord>();
  readonly #journal: OffsetJournal;

  /** Use {@link GroupCoordinator.open}, which also drops what is left of topics that are gone. */
  constructor(path: string) {
    this.#journal = OffsetJournal.open(path, (entry) => this.#replay(entry));
  }

  /** `hasTopic` tells which topics still are: the offsets of others are dropped. */
  static open(dataDir: string, hasTopic: (topic: string) => boolean): GroupCoordinator {
    const coordinator = new GroupCoordinator(join(dataDir, 'groups.jsonl'));
    for (const { offsets } of coordinator.#records.values()) {
      for (const topic of offsets.topicNames()) if (!hasTopic(topic)) offsets.dropTopic(topic);
    }
    coordinator.#compact();
    return coordinator;
  }

  find(id: string): Group | undefined {
    return this.#records.get(id)?.group;
  }

  /** The group, made when there is none: only a join or a commit does that. */
  ensure(id: string): Group {
    return this.#record(id).group;
  }

  all(): readonly Group[] {
    return [...this.#records.values()].map(({ group }) => group);
  }

  /** Stores offsets; they survive the death of the process once this returns. */
  commit(id: string, committed: readonly CommittedOffset[]): void {
    if (committed.length === 0) return;
    this.#journal.append(commitEntry(id, committed));
    const { offsets } = this.#record(id);
    for (const each of committed) offsets.set(each);
    if (this.#journal.wantsCompaction) this.#compact();
  }

  committed(id: string, topic: string, partition: number): CommittedOffset | undefined {
    return this.#records.get(id)?.offsets.get(topic, partition);
  }

  allCommitted(id: string): readonly CommittedOffset[] {
    return this.#records.get(id)?.offsets.all() ?? [];
  }

  /** Forgets what groups committed for a topic that is gone. */
  dropTopic(topic: string): void {
    this.#journal.append({ kind: 'drop-topic', topic });
    for (const { offsets } of this.#records.values()) offsets.dropTopic(topic);
  }

  /** Answers every member that waits: there is no coordinator here any more. */
  stop(): void {
    for (const { group } of this.#records.values()) group.close();
  }

  close(): void {
    this.#journal.close();
  }

  #record(id: string): GroupRecord {
    const known = this.#records.get(id);
    if (known !== undefined) return known;
    const onGeneration = (next: GroupIdentity) => this.#journal.append({ kind: 'generation', group: id, ...next });
    const record: GroupRecord = { group: new Group(id, onGeneration), offsets: new CommittedOffsets() };
    this.#records.set(id, record);
    return record;
  }

  #replay(entry: JournalEntry): void {
    switch (entry.kind) {
      case 'commit': {
        const { offsets } = this.#record(entry.group);
        for (const [topic, partition, offset, metadata] of entry.offsets)
          offsets.set({ topic, partition, offset, metadata });
        return;
      }
      case 'generation':
        this.#record(entry.group).group.restore(entry);
        return;
      case 'drop-topic':
        for (const { offsets } of this.#records.values()) offsets.dropTopic(entry.topic);
    }
  }

  #compact(): void {
    const entries = [...this.#records].flatMap(([id, { group, offsets }]): JournalEntry[] => [
      { kind: 'generation', group: id, ...group.identity },
      ...(offsets.isEmpty ? [] : [offsets.asEntry(id)]),
    ]);
    this.#journal.rewrite(entries);
  }
}
