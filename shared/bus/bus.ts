import type { LagReader } from './lag.ts';
import type { TopicReader } from './topic-reader.ts';
import type { Transport } from './transport.ts';

/** What the product does with the bus, whichever it is; the triggers are the host's. */
export interface Bus {
  readonly transport: Transport;
  readonly lag: LagReader;
  readonly topicReader: TopicReader;
}
