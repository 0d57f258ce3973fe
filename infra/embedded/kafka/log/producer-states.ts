import { z } from 'zod';
import { ErrorCode, KafkaError } from '../protocol/error-code.ts';
import type { BatchHeader } from '../protocol/record-batch.ts';

/** Kafka keeps the last five batches of a producer, as many as it may have in flight (KIP-98, max.in.flight 5). */
const batchesRemembered = 5;
/** Kafka's `producer.id.expiration.ms`: a producer silent for a day is forgotten. */
const forgetAfterMs = 86_400_000;
/** Sequence numbers go from 0 to 2^31 - 1 and around. */
const sequenceMask = 0x7fffffff;

const RecentBatch = z.object({ first: z.number(), last: z.number(), baseOffset: z.number() });
const Producer = z.object({ id: z.number(), epoch: z.number(), seenAt: z.number(), recent: z.array(RecentBatch) });
type Producer = z.infer<typeof Producer>;

export const ProducerSnapshot = z.array(Producer);
export type ProducerSnapshot = z.infer<typeof ProducerSnapshot>;

/** What a partition knows of its idempotent producers: enough to see a repeat and a gap. */
export class ProducerStates {
  readonly #producers = new Map<number, Producer>();

  constructor(snapshot: ProducerSnapshot = []) {
    for (const producer of snapshot) this.#producers.set(producer.id, structuredClone(producer));
  }

  /**
   * The offset that a repeated batch got the first time, or undefined for a batch to append.
   *
   * A producer that is not known (any more) may begin anywhere, as in Kafka: its earlier batches may have expired.
   *
   * @throws KafkaError for a gap in the sequence or an older epoch.
   */
  offsetOfRepeat(header: BatchHeader): number | undefined {
    const producer = this.#producers.get(header.producerId);
    if (header.producerId < 0 || producer === undefined) return undefined;
    if (header.producerEpoch < producer.epoch) {
      throw new KafkaError(
        ErrorCode.INVALID_PRODUCER_EPOCH,
        `producer ${header.producerId} is at epoch ${producer.epoch}, the batch has ${header.producerEpoch}`,
      );
    }
    if (header.producerEpoch > producer.epoch) {
      this.#expect(header, 0);
      return undefined;
    }
    const repeat = producer.recent.find((b) => b.first === header.baseSequence && b.last === lastSequenceOf(header));
    if (repeat) return repeat.baseOffset;
    this.#expect(header, ((producer.recent.at(-1)?.last ?? -1) + 1) & sequenceMask);
    return undefined;
  }

  /** Remembers a batch that is in the log now. */
  note(header: BatchHeader, baseOffset: number): void {
    if (header.producerId < 0) return;
    const known = this.#producers.get(header.producerId);
    const recent = known?.epoch === header.producerEpoch ? known.recent : [];
    recent.push({ first: header.baseSequence, last: lastSequenceOf(header), baseOffset });
    if (recent.length > batchesRemembered) recent.shift();
    this.#producers.set(header.producerId, {
      id: header.producerId,
      epoch: header.producerEpoch,
      seenAt: header.maxTimestamp,
      recent,
    });
  }

  /** A copy to store, without the producers that have been silent for a day before `now`. */
  snapshot(now: number): ProducerSnapshot {
    for (const [id, producer] of this.#producers) {
      if (producer.seenAt < now - forgetAfterMs) this.#producers.delete(id);
    }
    return structuredClone([...this.#producers.values()]);
  }

  #expect(header: BatchHeader, sequence: number): void {
    if (header.baseSequence === sequence) return;
    throw new KafkaError(
      ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
      `producer ${header.producerId} sent sequence ${header.baseSequence} where ${sequence} is next`,
    );
  }
}

function lastSequenceOf(header: BatchHeader): number {
  return (header.baseSequence + header.lastOffsetDelta) & sequenceMask;
}
