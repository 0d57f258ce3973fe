import { AmqpError } from './amqp-error.ts';

/** A link that reads a partition for a consumer group. */
export interface Reader {
  /** Without one, it shares the partition with others that have none. */
  readonly ownerLevel: number | undefined;
  /** Somebody of its level, or a higher one, has taken its place. */
  stolen(): void;
}

/** How many readers without an owner level a partition takes for one consumer group. */
const mostSharing = 5;

/**
 * Who reads what. Of the readers of a partition in a group only the one with the highest owner level stays
 * (learn.microsoft.com/azure/event-hubs/event-hubs-event-processor-host, "epoch").
 */
export class Readers {
  readonly #byPlace = new Map<string, Set<Reader>>();

  /** Returns how to leave. @throws AmqpError when others have the place. */
  enter(place: string, reader: Reader): () => void {
    const present = this.#byPlace.get(place) ?? new Set();
    this.#byPlace.set(place, present);
    const highest = Math.max(...[...present].map(({ ownerLevel }) => ownerLevel ?? -1));
    if ((reader.ownerLevel ?? -1) < highest) {
      const description = `Receiver with a higher epoch '${highest}' exists: ${place}.`;
      throw new AmqpError('stolen', description);
    }
    if (reader.ownerLevel === undefined && present.size >= mostSharing)
      throw new AmqpError('notAllowed', `Exceeded the maximum number of ${mostSharing} receivers: ${place}.`);
    if (reader.ownerLevel !== undefined) {
      for (const other of present) other.stolen();
      present.clear();
    }
    present.add(reader);
    return () => present.delete(reader);
  }
}
