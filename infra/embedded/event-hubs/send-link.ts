import type { Delivery, Message, Receiver } from 'rhea';
import { readBatchHeader } from '../kafka/protocol/record-batch.ts';
import { type LogRecord, recordBatch } from '../kafka/protocol/records.ts';
import { AmqpError, errorForStatus } from './amqp-error.ts';
import type { Client } from './client.ts';
import type { Hubs } from './hubs.ts';
import { type Sent, sentIn } from './messages.ts';
import { partitionOf } from './partition-of.ts';

/** Where a client's messages go: to a partition, or to the one of their key, or to one after the other. */
export interface SendTarget {
  readonly hub: string;
  readonly partition: number | undefined;
}

/** Appends what arrives on a link, one message after the other, and accepts or rejects it. */
export class SendLink {
  readonly #link: Receiver;
  readonly #target: SendTarget;
  readonly #client: Client;
  readonly #hubs: Hubs;
  #appended: Promise<void> = Promise.resolve();
  #nextPartition = 0;

  constructor(link: Receiver, target: SendTarget, client: Client, hubs: Hubs) {
    this.#link = link;
    this.#target = target;
    this.#client = client;
    this.#hubs = hubs;
  }

  take(message: Message | Buffer, delivery: Delivery): void {
    this.#appended = this.#appended.then(() => this.#serve(message, delivery));
  }

  async #serve(message: Message | Buffer, delivery: Delivery): Promise<void> {
    try {
      const verdict = await this.#hubs.judge('Send', this.#target.hub, this.#client.name);
      if (verdict.kind === 'refuse') throw errorForStatus(verdict.status);
      if (verdict.kind !== 'drop') this.#append(sentIn(message));
      if (verdict.kind === 'serve') delivery.accept();
      else this.#client.drop();
    } catch (error) {
      if (!(error instanceof AmqpError)) console.error('Event Hubs endpoint: a message could not be appended:', error);
      const refusal = error instanceof AmqpError ? error : new AmqpError('internal', 'the message was not appended');
      const reason = { condition: refusal.condition, description: refusal.message };
      if (reason.condition === 'amqp:link:detach-forced') this.#link.close(reason);
      else delivery.reject(reason);
    }
  }

  #append({ partitionKey, records }: Sent): void {
    const hub = this.#hubs.hub(this.#target.hub);
    const number = this.#target.partition ?? this.#choose(partitionKey, hub.partitions.length);
    const batch = batchOf(records, hub.limits.maxMessageBytes);
    this.#hubs.partition(hub.name, number).append(batch, readBatchHeader(batch), hub.limits.segmentBytes);
  }

  #choose(partitionKey: string | undefined, partitions: number): number {
    if (partitionKey !== undefined) return partitionOf(partitionKey, partitions);
    this.#nextPartition = (this.#nextPartition + 1) % partitions;
    return this.#nextPartition;
  }
}

function batchOf(records: readonly LogRecord[], maxBytes: number): Buffer {
  const batch = recordBatch(records, { timestamp: Date.now() });
  if (batch.length <= maxBytes) return batch;
  throw new AmqpError('tooLarge', `The received message (size: ${batch.length}) exceeds the limit (${maxBytes}).`);
}
