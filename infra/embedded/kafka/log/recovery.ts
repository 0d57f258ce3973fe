import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DamagedDataError } from './damaged-data.ts';
import { ProducerStates } from './producer-states.ts';
import { readSeal, Segment, segmentPath } from './segment.ts';
import { goodBatchFollows, scanSegment } from './segment-scan.ts';

const segmentName = /^(\d{20})\.log$/;

/** A partition as its files tell it. */
export interface RecoveredPartition {
  readonly segments: Segment[];
  readonly startOffset: number;
  readonly producers: ProducerStates;
}

/** Holds the first offset still offered, once records were deleted by request. */
export function startOffsetPath(folder: string): string {
  return join(folder, 'start-offset');
}

/**
 * Opens the segments of a partition after whatever end the last process had. Sealed segments are taken as sealed; the
 * last one is read through, and a torn batch at its very end, never acknowledged, is cut off.
 *
 * @throws DamagedDataError for damage that the death of a process cannot explain.
 */
export function recoverPartition(folder: string): RecoveredPartition {
  const bases = segmentBases(folder);
  if (bases.length === 0) throw new DamagedDataError(folder, 'its segment files are missing');
  let producers = new ProducerStates();
  const segments = bases.map((base, position) => {
    const path = segmentPath(folder, base);
    const following = bases[position + 1];
    const seal = following === undefined ? undefined : readSeal(path);
    if (seal !== undefined) producers = new ProducerStates(seal.producers);
    const segment = seal ? Segment.fromSeal(path, base, seal) : scan(path, base, following === undefined, producers);
    if (following !== undefined && segment.nextOffset !== following) {
      throw new DamagedDataError(path, `it ends at offset ${segment.nextOffset}, the next file begins at ${following}`);
    }
    return segment;
  });
  return { segments, startOffset: Math.max(bases[0] ?? 0, storedStartOffset(folder)), producers };
}

function segmentBases(folder: string): number[] {
  return readdirSync(folder)
    .map((name) => segmentName.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

function scan(path: string, baseOffset: number, isLast: boolean, producers: ProducerStates): Segment {
  const file = openSync(path, 'r+');
  try {
    const { size } = fstatSync(file);
    const scanned = scanSegment(file, size, baseOffset, producers);
    if (scanned.goodBytes < size) {
      if (!isLast || goodBatchFollows(file, size, scanned.goodBytes, scanned.nextOffset)) {
        throw new DamagedDataError(path, `the batch at byte ${scanned.goodBytes} is not what was written`);
      }
      ftruncateSync(file, scanned.goodBytes);
    }
    // The seal of a segment that was about to be followed by a new one, which the process did not live to make.
    if (isLast) rmSync(`${path}.seal`, { force: true });
    return new Segment(path, baseOffset, scanned);
  } finally {
    closeSync(file);
  }
}

function storedStartOffset(folder: string): number {
  const path = startOffsetPath(folder);
  if (!existsSync(path)) return 0;
  const text = readFileSync(path, 'utf8').trim();
  if (!/^\d+$/.test(text)) throw new DamagedDataError(path, `"${text}" is no offset`);
  return Number(text);
}
