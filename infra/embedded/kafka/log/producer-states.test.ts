import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../protocol/error-code.ts';
import { readBatchHeader } from '../protocol/record-batch.ts';
import { batchOf } from '../testing/batch-of.ts';
import { ProducerStates } from './producer-states.ts';

const now = 1_800_000_000_000;

function batch(baseSequence: number, count = 1, producerEpoch = 0, timestamp = now) {
  const values = Array.from({ length: count }, () => 'v');
  return readBatchHeader(batchOf(values, { producerId: 7, producerEpoch, baseSequence, timestamp }));
}

function afterBatches(...sequences: number[]): ProducerStates {
  const states = new ProducerStates();
  for (const [offset, sequence] of sequences.entries()) states.note(batch(sequence), offset);
  return states;
}

describe('an idempotent producer', () => {
  it('an idempotent producer that repeats one of its last five batches gets its first offset', () => {
    const states = afterBatches(0, 1, 2, 3, 4, 5);
    expect([1, 2, 3, 4, 5].map((sequence) => states.offsetOfRepeat(batch(sequence)))).toEqual([1, 2, 3, 4, 5]);
  });

  it('an idempotent producer that skips a sequence number is refused', () => {
    const code = ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER;
    expect(() => afterBatches(0, 1).offsetOfRepeat(batch(3))).toThrow(expect.objectContaining({ code }));
  });

  it('an idempotent producer starts at zero with a new epoch, and its former self is fenced', () => {
    const states = afterBatches(0, 1);
    expect(states.offsetOfRepeat(batch(0, 1, 1))).toBeUndefined();
    states.note(batch(0, 1, 1), 2);
    const code = ErrorCode.INVALID_PRODUCER_EPOCH;
    expect(() => states.offsetOfRepeat(batch(2, 1, 0))).toThrow(expect.objectContaining({ code }));
  });

  it('an idempotent producer continues at zero after the largest sequence number', () => {
    const states = new ProducerStates();
    states.note(batch(2 ** 31 - 2, 2), 0);
    expect(states.offsetOfRepeat(batch(0))).toBeUndefined();
  });

  it('an idempotent producer is forgotten after a day without messages, and can then start anywhere', () => {
    const states = new ProducerStates();
    states.note(batch(0), 0);
    expect(states.snapshot(now + 86_400_000)).toHaveLength(1);
    expect(states.snapshot(now + 86_400_001)).toHaveLength(0);
    expect(states.offsetOfRepeat(batch(500))).toBeUndefined();
  });
});
