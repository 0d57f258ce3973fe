import type { Sender } from 'rhea';
import type { PartitionLog } from '../kafka/log/partition-log.ts';
import { recordsIn } from '../kafka/protocol/records.ts';
import { AmqpError, errorForStatus } from './amqp-error.ts';
import type { Client } from './client.ts';
import type { Hubs } from './hubs.ts';
import { deliveryOf } from './messages.ts';
import { offsetOf, startIn } from './sequence.ts';

/** What a client reads, and from where on. */
export interface ReceiveSource {
  readonly hub: string;
  readonly group: string;
  readonly partition: number;
  readonly ownerLevel: number | undefined;
  readonly filter: string | undefined;
}

const readBytes = 1_048_576;

/** Hands a partition's messages to a link, as fast as it gives credit. */
export class ReceiveLink {
  readonly #link: Sender;
  readonly #source: ReceiveSource;
  readonly #client: Client;
  readonly #hubs: Hubs;
  readonly #log: PartitionLog;
  readonly #leave: (() => unknown)[] = [];
  #next: number;
  #isServing = false;

  /** @throws AmqpError when the partition, the filter or the owner level is not to be had. */
  constructor(link: Sender, source: ReceiveSource, client: Client, hubs: Hubs) {
    this.#link = link;
    this.#source = source;
    this.#client = client;
    this.#hubs = hubs;
    this.#log = hubs.partition(source.hub, source.partition);
    this.#next = startIn(source.filter, this.#log);
    const stolen = () => this.close(new AmqpError('stolen', `New receiver with a higher or equal epoch is created.`));
    const { hub, group, partition, ownerLevel } = source;
    this.#leave.push(hubs.readers.enter(`${hub}/${group}/${partition}`.toLowerCase(), { ownerLevel, stolen }));
    this.#leave.push(this.#log.onChange(() => this.serve()));
  }

  /** Sends what there is, while there is credit. */
  serve(): void {
    if (this.#isServing || !this.#isWanted) return;
    this.#isServing = true;
    this.#serve().then(
      () => this.#served(),
      (error: unknown) => {
        console.error('Event Hubs endpoint: a partition could not be read:', error);
        this.close(new AmqpError('internal', 'the partition could not be read'));
      },
    );
  }

  /** Ends the link, for a reason where there is one. */
  close(reason?: AmqpError): void {
    for (const leave of this.#leave.splice(0)) leave();
    if (reason !== undefined) this.#link.close({ condition: reason.condition, description: reason.message });
  }

  #served(): void {
    this.#isServing = false;
    this.serve(); // what came meanwhile
  }

  get #isWanted(): boolean {
    const hasLeft = this.#leave.length === 0;
    return !hasLeft && this.#link.is_open() && this.#link.sendable() && this.#next < this.#log.endOffset;
  }

  async #serve(): Promise<void> {
    const verdict = await this.#hubs.judge('Receive', this.#source.hub, this.#client.name);
    if (verdict.kind === 'refuse') return this.close(errorForStatus(verdict.status));
    if (verdict.kind === 'drop') return this.#client.drop();
    this.#next = Math.max(this.#next, this.#log.startOffset);
    const records = recordsIn(Buffer.concat(this.#log.read(this.#next, readBytes, true)));
    for (const record of records) {
      if (record.offset < this.#next) continue;
      if (!this.#isWanted) return;
      this.#link.send(deliveryOf(record), offsetOf(record.offset));
      this.#next = record.offset + 1;
    }
    if (verdict.kind === 'apply-then-drop') this.#client.drop();
  }
}
