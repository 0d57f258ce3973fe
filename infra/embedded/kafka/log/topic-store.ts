import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../write-whole.ts';
import { ErrorCode, KafkaError } from '../protocol/error-code.ts';
import { DamagedDataError } from './damaged-data.ts';
import { readJsonFile } from './json-file.ts';
import { PartitionLog } from './partition-log.ts';
import { TailCache } from './tail-cache.ts';
import { type LogLimits, limitsOf } from './topic-configs.ts';

/** Shared by all partitions: a few seconds of heavy load. */
const tailCacheBytes = 24 * 1024 * 1024;

const Catalogue = z.object({
  format: z.literal(1),
  topics: z.array(
    z.object({
      name: z.string(),
      /** Names the folder: a topic made again under its old name shares nothing with the old one. */
      id: z.uuid(),
      partitions: z.number().int().positive(),
      configs: z.record(z.string(), z.string()),
    }),
  ),
});

/** A topic with its partitions, by their number. */
export interface Topic {
  readonly name: string;
  readonly id: string;
  readonly configs: ReadonlyMap<string, string>;
  readonly limits: LogLimits;
  readonly partitions: readonly PartitionLog[];
}

type StoredTopic = Omit<Topic, 'limits'>;

/**
 * All topics of the broker. `topics.json` decides what there is and is replaced as a whole; folders are made before a
 * topic is in it and removed after it is gone from it, so that a crash in between leaves at most a folder to sweep.
 */
export class TopicStore {
  readonly #folder: string;
  readonly #maxMessageBytes: number;
  readonly #cache = new TailCache(tailCacheBytes);
  readonly #topics = new Map<string, Topic>();

  /** Use {@link TopicStore.open}, which reads what there is. */
  constructor(folder: string, maxMessageBytes: number) {
    this.#folder = folder;
    this.#maxMessageBytes = maxMessageBytes;
  }

  /** @throws DamagedDataError when a file is not what was written. */
  static open(dataDir: string, maxMessageBytes: number): TopicStore {
    const store = new TopicStore(join(dataDir, 'topics'), maxMessageBytes);
    mkdirSync(store.#folder, { recursive: true });
    if (existsSync(store.#cataloguePath)) store.#load();
    else if (readdirSync(store.#folder).length === 0) store.#save([]);
    else throw new DamagedDataError(store.#cataloguePath, 'it is missing, but there are topics beside it');
    store.#sweep();
    return store;
  }

  get(name: string): Topic | undefined {
    return this.#topics.get(name);
  }

  /** @throws KafkaError UNKNOWN_TOPIC_OR_PARTITION */
  require(name: string): Topic {
    const topic = this.#topics.get(name);
    if (topic === undefined) {
      throw new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, `This server does not host topic '${name}'.`);
    }
    return topic;
  }

  partition(name: string, number: number): PartitionLog | undefined {
    return this.#topics.get(name)?.partitions[number];
  }

  all(): readonly Topic[] {
    return [...this.#topics.values()];
  }

  create(name: string, partitions: number, configs: ReadonlyMap<string, string>): void {
    const id = randomUUID();
    const logs = Array.from({ length: partitions }, (_, number) =>
      PartitionLog.create(this.#logPath(id, number), this.#cache),
    );
    this.#put({ name, id, configs, partitions: logs });
  }

  delete(topic: Topic): void {
    this.#save(this.all().filter((each) => each !== topic));
    this.#topics.delete(topic.name);
    for (const log of topic.partitions) log.close();
    rmSync(join(this.#folder, topic.id), { recursive: true, force: true });
  }

  /** Drops what is past the retention of its topic. */
  retain(now: number): void {
    for (const { limits, partitions } of this.#topics.values()) {
      for (const log of partitions) log.retain({ milliseconds: limits.retentionMs, bytes: limits.retentionBytes }, now);
    }
  }

  close(): void {
    for (const topic of this.#topics.values()) for (const log of topic.partitions) log.close();
  }

  #put(topic: StoredTopic): void {
    this.#save([...this.all().filter((each) => each.name !== topic.name), topic]);
    this.#hold(topic);
  }

  #hold(topic: StoredTopic): void {
    this.#topics.set(topic.name, { ...topic, limits: limitsOf(topic.configs, this.#maxMessageBytes) });
  }

  #load(): void {
    for (const { name, id, partitions, configs } of readJsonFile(this.#cataloguePath, Catalogue).topics) {
      const logs = Array.from({ length: partitions }, (_, number) =>
        PartitionLog.open(this.#logPath(id, number), this.#cache),
      );
      this.#hold({ name, id, configs: new Map(Object.entries(configs)), partitions: logs });
    }
  }

  #save(all: readonly StoredTopic[]): void {
    const topics = all.map(({ name, id, configs, partitions }) => ({
      name,
      id,
      partitions: partitions.length,
      configs: Object.fromEntries(configs),
    }));
    const catalogue: z.infer<typeof Catalogue> = { format: 1, topics };
    writeWhole(this.#cataloguePath, `${JSON.stringify(catalogue, null, 2)}\n`);
  }

  #sweep(): void {
    const known = new Set([...this.#topics.values()].map((topic) => topic.id));
    for (const entry of readdirSync(this.#folder, { withFileTypes: true })) {
      if (entry.isDirectory() && !known.has(entry.name)) {
        rmSync(join(this.#folder, entry.name), { recursive: true, force: true });
      }
    }
  }

  get #cataloguePath(): string {
    return join(this.#folder, 'topics.json');
  }

  #logPath(id: string, partition: number): string {
    return join(this.#folder, id, String(partition));
  }
}
