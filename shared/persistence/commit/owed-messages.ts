import { bytesOnTheBus, largestMessageBytes, roomForReplayBytes } from '../../events/message-size.ts';
import { writtenEvent } from '../../events/written-event.ts';
import { TooLargeError } from '../documents/store-errors.ts';
import type { OutboxMessage } from './outbox.ts';
import type { ChangeLog } from './tracked.ts';

/** What a commit owes the bus, in the order in which it was recorded. */
export class OwedMessages {
  readonly #log: Pick<ChangeLog, 'undoable'>;
  readonly #messages: OutboxMessage[] = [];
  #bytes = 0;

  constructor(log: Pick<ChangeLog, 'undoable'>) {
    this.#log = log;
  }

  get all(): readonly OutboxMessage[] {
    return this.#messages;
  }

  /** What all of them come to on the bus. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @throws TooLargeError for one that the bus would refuse, or refuse to take again when it is replayed. */
  add(message: OutboxMessage): void {
    const bytes = sizeOf(message);
    const limit = largestMessageBytes - (message.headers === undefined ? roomForReplayBytes : 0);
    if (bytes > limit) {
      const { type } = message.envelope;
      throw new TooLargeError(
        `the event ${type} would have ${bytes} bytes on the bus, which takes ${limit}: send less`,
      );
    }
    this.#log.undoable(() => {
      this.#messages.pop();
      this.#bytes -= bytes;
    });
    this.#messages.push(message);
    this.#bytes += bytes;
  }
}

function sizeOf({ envelope, headers }: OutboxMessage): number {
  const message = writtenEvent(envelope);
  return bytesOnTheBus({ ...message, headers: { ...message.headers, ...headers } });
}
