import { closeSync, existsSync, ftruncateSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../write-whole.ts';
import {
  type BatchHeader,
  batchHeaderBytes,
  checksumMatches,
  lastOffsetOf,
  readBatchHeader,
} from '../protocol/record-batch.ts';
import { firstRecordSince, type TimedOffset } from '../protocol/record-time.ts';
import { BatchCursor, readAt } from './batch-cursor.ts';
import { DamagedDataError } from './damaged-data.ts';
import { readJsonFile } from './json-file.ts';
import { ProducerSnapshot, type ProducerStates } from './producer-states.ts';
import type { ScannedSegment } from './segment-scan.ts';
import { IndexEntries, SparseIndex } from './sparse-index.ts';

/** Stored beside a segment that is full, so that a start needs not read it again. */
const Seal = z.object({
  size: z.number(),
  nextOffset: z.number(),
  maxTimestamp: z.number(),
  index: IndexEntries,
  /** The idempotent producers as they were at the end of this segment. */
  producers: ProducerSnapshot,
});
export type Seal = z.infer<typeof Seal>;

/** Named like Kafka's: twenty digits of the first offset. */
export function segmentPath(folder: string, baseOffset: number): string {
  return join(folder, `${String(baseOffset).padStart(20, '0')}.log`);
}

/** The seal of the segment at `path`, when it has one. */
export function readSeal(path: string): Seal | undefined {
  return existsSync(`${path}.seal`) ? readJsonFile(`${path}.seal`, Seal) : undefined;
}

/** One append-only file of a partition: whole batches, nothing between them. */
export class Segment {
  readonly baseOffset: number;
  readonly path: string;
  readonly #index: SparseIndex;
  #file: number | undefined;
  #size: number;
  #next: number;
  #latest: number;

  constructor(path: string, baseOffset: number, scanned?: ScannedSegment) {
    this.path = path;
    this.baseOffset = baseOffset;
    this.#index = scanned?.index ?? new SparseIndex();
    this.#size = scanned?.goodBytes ?? 0;
    this.#next = scanned?.nextOffset ?? baseOffset;
    this.#latest = scanned?.maxTimestamp ?? -1;
  }

  /** A new, empty segment; what another process may have left under its name is emptied. */
  static create(folder: string, baseOffset: number): Segment {
    const path = segmentPath(folder, baseOffset);
    closeSync(openSync(path, 'w'));
    return new Segment(path, baseOffset);
  }

  /** @throws DamagedDataError when the file is not the one that was sealed. */
  static fromSeal(path: string, baseOffset: number, seal: Seal): Segment {
    const size = statSync(path).size;
    if (size !== seal.size) throw new DamagedDataError(path, `it has ${size} bytes, ${seal.size} were written`);
    const index = new SparseIndex(seal.index);
    return new Segment(path, baseOffset, { ...seal, index, goodBytes: seal.size });
  }

  get bytes(): number {
    return this.#size;
  }

  get nextOffset(): number {
    return this.#next;
  }

  /** The largest timestamp of a message, or -1 while there is none. */
  get maxTimestamp(): number {
    return this.#latest;
  }

  /** Returns when the operating system has the bytes: from then on they survive the death of this process. */
  append(batch: Buffer, header: BatchHeader): void {
    const file = this.#open();
    try {
      for (let done = 0; done < batch.length; )
        done += writeSync(file, batch, done, batch.length - done, this.#size + done);
    } catch (error) {
      // A full disk may have taken half of it. The next batch goes to the same place, but a crash before would find this.
      ftruncateSync(file, this.#size);
      throw error;
    }
    this.#index.note(this.#next, this.#size, this.#latest);
    this.#size += batch.length;
    this.#next += header.lastOffsetDelta + 1;
    this.#latest = Math.max(this.#latest, header.maxTimestamp);
  }

  /**
   * Whole batches from the one that holds `offset`, up to `maxBytes`; with `atLeastOne` the first however large.
   *
   * @throws DamagedDataError when a batch is not what was written.
   */
  read(offset: number, maxBytes: number, atLeastOne: boolean): Buffer {
    const cursor = this.#cursorAt(this.#index.positionOfOffset(offset));
    let first = cursor.header();
    while (first !== undefined && lastOffsetOf(first) < offset) {
      cursor.advance(first);
      first = cursor.header();
    }
    if (first === undefined) throw this.#damagedAt(cursor.position);
    const wanted = Math.max(maxBytes, atLeastOne ? first.bytes : 0);
    const bytes = readAt(this.#open(), cursor.position, Math.min(wanted, this.#size - cursor.position));
    return bytes.subarray(0, this.#wholeBatches(bytes, cursor.position));
  }

  /** The first message at or after `time`, among those from `fromOffset` on. */
  firstSince(time: number, fromOffset: number): TimedOffset | undefined {
    const cursor = this.#cursorAt(Math.max(this.#index.positionOfTime(time), this.#index.positionOfOffset(fromOffset)));
    for (let header = cursor.header(); header !== undefined; header = cursor.header()) {
      if (header.maxTimestamp >= time && lastOffsetOf(header) >= fromOffset) {
        return firstRecordSince(cursor.batch(header), header, time);
      }
      cursor.advance(header);
    }
    return undefined;
  }

  /** Writes down what a later start needs to know of this segment; nothing is appended to it any more. */
  seal(producers: ProducerStates, now: number): void {
    const seal: Seal = {
      size: this.#size,
      nextOffset: this.#next,
      maxTimestamp: this.#latest,
      index: [...this.#index.entries],
      producers: producers.snapshot(now),
    };
    writeWhole(`${this.path}.seal`, JSON.stringify(seal));
    this.close();
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  delete(): void {
    this.close();
    rmSync(this.path, { force: true });
    rmSync(`${this.path}.seal`, { force: true });
  }

  /** How many of `bytes`, read at `position`, are whole batches. */
  #wholeBatches(bytes: Buffer, position: number): number {
    let end = 0;
    while (end + batchHeaderBytes <= bytes.length) {
      const header = readBatchHeader(bytes, end);
      if (header.bytes < batchHeaderBytes) throw this.#damagedAt(position + end);
      if (end + header.bytes > bytes.length) break;
      if (!checksumMatches(bytes, header, end)) throw this.#damagedAt(position + end);
      end += header.bytes;
    }
    return end;
  }

  #damagedAt(position: number): DamagedDataError {
    return new DamagedDataError(this.path, `the batch at byte ${position} is not what was written`);
  }

  #cursorAt(position: number): BatchCursor {
    return new BatchCursor(this.#open(), position, this.#size);
  }

  #open(): number {
    this.#file ??= openSync(this.path, 'r+');
    return this.#file;
  }
}
