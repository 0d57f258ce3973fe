import { mkdirSync } from 'node:fs';
import { writeWhole } from '../../write-whole.ts';
import { ErrorCode, KafkaError } from '../protocol/error-code.ts';
import { type BatchHeader, placeBatch } from '../protocol/record-batch.ts';
import type { TimedOffset } from '../protocol/record-time.ts';
import { ProducerStates } from './producer-states.ts';
import { recoverPartition, startOffsetPath } from './recovery.ts';
import { Segment } from './segment.ts';
import type { PartitionTail, TailCache } from './tail-cache.ts';

/** How long and how large a log may get. -1 is without limit. */
export interface Retention {
  readonly milliseconds: number;
  readonly bytes: number;
}

/** The messages of one partition: appended at one end, dropped at the other, read in between. */
export class PartitionLog {
  readonly #folder: string;
  readonly #segments: Segment[];
  readonly #producers: ProducerStates;
  readonly #tail: PartitionTail;
  readonly #listeners = new Set<() => void>();
  #firstOffset: number;

  /** Use {@link PartitionLog.create} or {@link PartitionLog.open}. */
  constructor(folder: string, segments: Segment[], startOffset: number, producers: ProducerStates, cache: TailCache) {
    this.#folder = folder;
    this.#segments = segments;
    this.#firstOffset = startOffset;
    this.#producers = producers;
    this.#tail = cache.openTail();
  }

  static create(folder: string, cache: TailCache): PartitionLog {
    mkdirSync(folder, { recursive: true });
    return new PartitionLog(folder, [Segment.create(folder, 0)], 0, new ProducerStates(), cache);
  }

  /** @throws DamagedDataError, see {@link recoverPartition}. */
  static open(folder: string, cache: TailCache): PartitionLog {
    const { segments, startOffset, producers } = recoverPartition(folder);
    return new PartitionLog(folder, segments, startOffset, producers, cache);
  }

  /** The first offset that can be read. */
  get startOffset(): number {
    return this.#firstOffset;
  }

  /** The offset that the next message gets; with one replica, the high watermark. */
  get endOffset(): number {
    return this.#active.nextOffset;
  }

  /**
   * Appends a batch and returns the offset of its first message; a repeated batch of an idempotent producer is answered
   * with the offset it has. Sets the offset in the bytes of `batch`.
   *
   * @throws KafkaError when the producer's sequence does not fit.
   */
  append(batch: Buffer, header: BatchHeader, segmentBytes: number): number {
    const repeated = this.#producers.offsetOfRepeat(header);
    if (repeated !== undefined) return repeated;
    if (this.#active.bytes > 0 && this.#active.bytes + batch.length > segmentBytes) this.#roll(Date.now());
    const baseOffset = this.endOffset;
    placeBatch(batch, baseOffset);
    this.#active.append(batch, header);
    this.#producers.note(header, baseOffset);
    this.#tail.push(baseOffset, baseOffset + header.lastOffsetDelta, batch);
    this.#notify();
    return baseOffset;
  }

  /** Whole batches from the one that holds `offset`, which must be between start and end. */
  read(offset: number, maxBytes: number, atLeastOne: boolean): readonly Buffer[] {
    if (offset >= this.endOffset) return [];
    const cached = this.#tail.read(offset, maxBytes, atLeastOne);
    if (cached !== undefined) return cached;
    const segment = this.#segments.findLast((each) => each.baseOffset <= offset);
    const bytes = segment?.read(offset, maxBytes, atLeastOne);
    return bytes === undefined || bytes.length === 0 ? [] : [bytes];
  }

  /** The first message whose timestamp is `time` or later. */
  firstSince(time: number): TimedOffset | undefined {
    for (const segment of this.#segments) {
      if (segment.maxTimestamp < time) continue;
      const found = segment.firstSince(time, this.#firstOffset);
      if (found !== undefined) return { ...found, offset: Math.max(found.offset, this.#firstOffset) };
    }
    return undefined;
  }

  /** Forgets all messages before `offset`, for good. */
  deleteBefore(offset: number): void {
    if (offset > this.endOffset) {
      throw new KafkaError(ErrorCode.OFFSET_OUT_OF_RANGE, `offset ${offset} is past the end, ${this.endOffset}`);
    }
    if (offset <= this.#firstOffset) return;
    writeWhole(startOffsetPath(this.#folder), `${offset}\n`);
    this.#firstOffset = offset;
    if (this.#active.bytes > 0 && offset === this.endOffset) this.#roll(Date.now());
    while (this.#segments.length > 1 && (this.#segments[1]?.baseOffset ?? offset + 1) <= offset) this.#dropOldest();
  }

  /** Drops whole segments that are past `retention`. The newest goes too when all its messages are too old. */
  retain(retention: Retention, now: number): void {
    const tooOld = (segment: Segment) =>
      retention.milliseconds >= 0 && segment.bytes > 0 && segment.maxTimestamp < now - retention.milliseconds;
    if (tooOld(this.#active)) this.#roll(now);
    while (this.#segments.length > 1 && this.#oldest && (tooOld(this.#oldest) || this.#isOver(retention.bytes))) {
      this.#dropOldest();
    }
  }

  /** Calls `listener` after each append, and when the log is closed. Returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    for (const segment of this.#segments) segment.close();
    this.#notify();
  }

  get #active(): Segment {
    const last = this.#segments.at(-1);
    if (last === undefined) throw new Error(`${this.#folder} has no segment`);
    return last;
  }

  get #oldest(): Segment | undefined {
    return this.#segments[0];
  }

  /** Whether the log would still hold `limit` bytes without its oldest segment, which is when Kafka deletes it. */
  #isOver(limit: number): boolean {
    const kept = this.#segments.slice(1).reduce((sum, segment) => sum + segment.bytes, 0);
    return limit >= 0 && kept >= limit;
  }

  #roll(now: number): void {
    this.#active.seal(this.#producers, now);
    this.#segments.push(Segment.create(this.#folder, this.endOffset));
  }

  #dropOldest(): void {
    this.#segments.shift()?.delete();
    this.#firstOffset = Math.max(this.#firstOffset, this.#oldest?.baseOffset ?? 0);
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
