import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBatchHeader } from '../protocol/record-batch.ts';
import { batchOf } from '../testing/batch-of.ts';
import { temporaryFolder } from '../testing/server-under-test.ts';
import { DamagedDataError } from './damaged-data.ts';
import { PartitionLog } from './partition-log.ts';
import { TailCache } from './tail-cache.ts';

const segmentBytes = 1_000;
const forever = { milliseconds: -1, bytes: -1 };

function append(log: PartitionLog, value: string, options: Parameters<typeof batchOf>[1] = {}): number {
  const batch = batchOf([value], options);
  return log.append(batch, readBatchHeader(batch), segmentBytes);
}

/** A folder with a log of `count` messages, closed as a killed process leaves it: without a word. */
function storedLog(count: number): string {
  const folder = join(temporaryFolder(), 'log');
  const log = PartitionLog.create(folder, new TailCache(1e6));
  for (let i = 0; i < count; i++) append(log, `value ${i}`, { timestamp: 1_000 + i });
  log.close();
  return folder;
}

function reopen(folder: string, cacheBytes = 0): PartitionLog {
  return PartitionLog.open(folder, new TailCache(cacheBytes));
}

/** The offsets of all batches from `offset` on, read in steps of `maxBytes`. */
function offsetsFrom(log: PartitionLog, offset: number, maxBytes = 300): number[] {
  const offsets: number[] = [];
  for (let next = offset; next < log.endOffset; next = (offsets.at(-1) ?? 0) + 1) {
    for (const bytes of log.read(next, maxBytes, true)) {
      for (let at = 0; at < bytes.length; ) {
        const header = readBatchHeader(bytes, at);
        offsets.push(header.baseOffset);
        at += header.bytes;
      }
    }
  }
  return offsets;
}

function segments(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .map((name) => join(folder, name));
}

const upTo = (count: number, from = 0) => Array.from({ length: count - from }, (_, i) => from + i);

describe('a partition log', () => {
  it('a partition log holds every message in order after it is reopened, over several segments', () => {
    const folder = storedLog(50);
    expect(segments(folder).length).toBeGreaterThan(3);
    expect(offsetsFrom(reopen(folder), 0)).toEqual(upTo(50));
    expect(offsetsFrom(reopen(folder), 33)).toEqual(upTo(50, 33));
  });

  it('a partition log reads the same from its cache as from its files', () => {
    const folder = storedLog(10);
    const log = reopen(folder, 3_000);
    for (let i = 10; i < 40; i++) append(log, `value ${i}`);
    expect(offsetsFrom(log, 0, 1)).toEqual(upTo(40));
    expect(offsetsFrom(log, 0, 1_000_000)).toEqual(upTo(40));
  });

  it('a partition log loses only the batch that a killed process was writing, wherever it was cut', () => {
    const folder = storedLog(2);
    const [path = ''] = segments(folder);
    const whole = readFileSync(path);
    const firstBytes = readBatchHeader(whole).bytes;
    fc.assert(
      fc.property(fc.integer({ min: firstBytes, max: whole.length - 1 }), (length) => {
        writeFileSync(path, whole.subarray(0, length));
        const log = reopen(folder);
        expect(log.endOffset).toBe(1);
        expect(append(log, 'after the crash')).toBe(1);
        log.close();
        expect(offsetsFrom(reopen(folder), 0)).toEqual([0, 1]);
      }),
      { numRuns: 30 },
    );
  });

  it('a partition log cuts off bytes at its end that are no batch', () => {
    const folder = storedLog(3);
    appendFileSync(segments(folder)[0] ?? '', Buffer.alloc(200, 0xaa));
    expect(offsetsFrom(reopen(folder), 0)).toEqual([0, 1, 2]);
  });

  it.each([
    ['its length', 8],
    ['its records', 70],
  ])('a partition log with a batch damaged in %s and good ones behind it is refused, and the file is named', (_, at) => {
    const folder = storedLog(5);
    const [path = ''] = segments(folder);
    const bytes = readFileSync(path);
    const position = readBatchHeader(bytes).bytes + at;
    bytes.writeUInt8(bytes.readUInt8(position) ^ 0x55, position);
    writeFileSync(path, bytes);
    expect(() => reopen(folder)).toThrow(DamagedDataError);
    expect(() => reopen(folder)).toThrow(`${path} is damaged`);
    expect(readFileSync(path)).toEqual(bytes);
  });

  it('a partition log with an older segment that is too short is refused', () => {
    const folder = storedLog(50);
    const [path = ''] = segments(folder);
    truncateSync(path, 500);
    expect(() => reopen(folder)).toThrow(`${path} is damaged`);
  });

  it('a partition log with a missing segment in the middle is refused', () => {
    const folder = storedLog(50);
    rmSync(segments(folder)[1] ?? '');
    expect(() => reopen(folder)).toThrow(DamagedDataError);
  });

  it('a partition log does not return a message of an older segment that is damaged', () => {
    const folder = storedLog(50);
    const [path = ''] = segments(folder);
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(70) ^ 0x55, 70);
    writeFileSync(path, bytes);
    const log = reopen(folder);
    expect(() => log.read(0, 1_000, true)).toThrow(`${path} is damaged`);
  });

  it('a partition log reads a full segment without a seal from its beginning to its end', () => {
    const folder = storedLog(50);
    rmSync(`${segments(folder)[0]}.seal`);
    expect(offsetsFrom(reopen(folder), 0)).toEqual(upTo(50));
  });
});

describe('an idempotent producer', () => {
  it.each([
    ['in the last segment', 3],
    ['in a sealed segment', 40],
  ])('a batch of an idempotent producer is recognized after a crash if it is %s', (_, others) => {
    const folder = storedLog(0);
    const log = reopen(folder);
    append(log, 'once', { producerId: 5, producerEpoch: 0, baseSequence: 0 });
    for (let i = 0; i < others; i++) append(log, 'another');
    const again = reopen(folder);
    expect(append(again, 'once', { producerId: 5, producerEpoch: 0, baseSequence: 0 })).toBe(0);
    expect(again.endOffset).toBe(others + 1);
  });
});

describe('the search for a time', () => {
  it('the search for a time returns the first message at or after it, or none', () => {
    const log = reopen(storedLog(50));
    expect(log.firstSince(1_030)).toEqual({ offset: 30, timestamp: 1_030 });
    expect(log.firstSince(0)).toEqual({ offset: 0, timestamp: 1_000 });
    expect(log.firstSince(1_050)).toBeUndefined();
  });
});

describe('the retention of a partition log', () => {
  it('a deletion of old records survives a crash and frees their files', () => {
    const folder = storedLog(50);
    const before = segments(folder).length;
    reopen(folder).deleteBefore(30);
    expect(segments(folder).length).toBeLessThan(before);
    const log = reopen(folder);
    expect([log.startOffset, log.endOffset]).toEqual([30, 50]);
    expect(log.firstSince(0)?.offset).toBe(30);
  });

  it('offsets continue after all records are deleted', () => {
    const folder = storedLog(10);
    reopen(folder).deleteBefore(10);
    expect(append(reopen(folder), 'next')).toBe(10);
  });

  it('retention by time deletes segments whose messages are all too old, even the newest', () => {
    const folder = storedLog(50);
    const log = reopen(folder);
    log.retain({ ...forever, milliseconds: 100 }, 1_130);
    expect(log.startOffset).toBeGreaterThan(0);
    expect(log.startOffset).toBeLessThanOrEqual(30);
    expect(offsetsFrom(log, log.startOffset)).toEqual(upTo(50, log.startOffset));
    log.retain({ ...forever, milliseconds: 100 }, 9_999);
    expect([log.startOffset, reopen(folder).endOffset]).toEqual([50, 50]);
  });

  it('retention by size deletes the oldest segments as long as enough bytes remain', () => {
    const folder = storedLog(50);
    const log = reopen(folder);
    log.retain({ ...forever, bytes: 1_500 }, 0);
    const kept = segments(folder).map((path) => readFileSync(path).length);
    const total = kept.reduce((sum, bytes) => sum + bytes, 0);
    expect(total).toBeGreaterThanOrEqual(1_500);
    expect(total - (kept[0] ?? 0)).toBeLessThan(1_500);
    expect(existsSync(join(folder, `${'0'.repeat(20)}.log.seal`))).toBe(false);
  });

  it('a partition log without limits keeps everything', () => {
    const log = reopen(storedLog(50));
    log.retain(forever, Number.MAX_SAFE_INTEGER);
    expect(log.startOffset).toBe(0);
  });
});
