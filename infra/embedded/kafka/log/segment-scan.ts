import {
  type BatchHeader,
  batchHeaderBytes,
  checksumMatches,
  lastOffsetOf,
  readBatchHeader,
} from '../protocol/record-batch.ts';
import { BatchCursor, readAt } from './batch-cursor.ts';
import type { ProducerStates } from './producer-states.ts';
import { SparseIndex } from './sparse-index.ts';

const magicByte = 2;
const magicAt = 16;

/** What the good part of a segment file, from its beginning, holds. */
export interface ScannedSegment {
  readonly index: SparseIndex;
  /** Bytes of whole, correct batches. What comes after them is torn or damaged. */
  readonly goodBytes: number;
  readonly nextOffset: number;
  readonly maxTimestamp: number;
}

/** Reads a segment batch by batch, every checksum verified, and takes its producers into `producers`. */
export function scanSegment(file: number, size: number, baseOffset: number, producers: ProducerStates): ScannedSegment {
  const index = new SparseIndex();
  const cursor = new BatchCursor(file, 0, size);
  let nextOffset = baseOffset;
  let maxTimestamp = -1;
  for (;;) {
    const header = cursor.header();
    if (header === undefined || header.baseOffset !== nextOffset || !isGood(cursor.batch(header), header)) break;
    index.note(nextOffset, cursor.position, maxTimestamp);
    producers.note(header, nextOffset);
    nextOffset = lastOffsetOf(header) + 1;
    maxTimestamp = Math.max(maxTimestamp, header.maxTimestamp);
    cursor.advance(header);
  }
  return { index, goodBytes: cursor.position, nextOffset, maxTimestamp };
}

/**
 * Whether a good batch follows somewhere after `position`. A process that dies leaves a torn end with nothing behind it;
 * a good batch behind a bad one means that stored data was damaged later, and cutting would lose it.
 */
export function goodBatchFollows(file: number, size: number, position: number, nextOffset: number): boolean {
  const rest = readAt(file, position, size - position);
  for (let at = 1; at + batchHeaderBytes <= rest.length; at++) {
    if (rest[at + magicAt] !== magicByte) continue;
    const header = readBatchHeader(rest, at);
    const fits = header.bytes >= batchHeaderBytes && at + header.bytes <= rest.length;
    if (fits && header.baseOffset > nextOffset && isGood(rest, header, at)) return true;
  }
  return false;
}

function isGood(source: Buffer, header: BatchHeader, at = 0): boolean {
  return header.magic === magicByte && header.lastOffsetDelta >= 0 && checksumMatches(source, header, at);
}
