import type { ReceivedRecord } from '../bus/received-record.ts';
import type { Envelope } from '../events/envelope.ts';
import { UnreadableEventError } from '../events/read-event.ts';
import { errorText, type Log } from '../telemetry/log.ts';
import { eventIn } from './event-in.ts';
import type { Place } from './event-names.ts';

/** How an event came. */
export interface MessageMetadata extends Omit<ReceivedRecord, 'value'> {
  /** The consumer group that it was delivered to, as tools show it. */
  readonly group: string;
}

/** Does what an event asks for. Throwing means: not done, deliver it again. */
export type EventHandler<Data = unknown> = (
  event: Envelope & { readonly data: Data },
  metadata: MessageMetadata,
) => Promise<void> | void;

/**
 * Decides what becomes of an event that could not be handled after so many attempts: `again` lets its partition wait and
 * tries again after a pause, `skip` gives it up for good.
 */
export type FailurePolicy = (error: unknown, metadata: MessageMetadata, attempts: number) => 'again' | 'skip';

/** Loses nothing that anybody could ever read: only what is no event is skipped, since nobody can handle it. */
export const untilItSucceeds: FailurePolicy = (error) => (error instanceof UnreadableEventError ? 'skip' : 'again');

export interface DeliveryOptions extends Pick<Place, 'type'> {
  readonly group: string;
  readonly handler: EventHandler;
  readonly onFailure: FailurePolicy;
  readonly log: Log;
}

/**
 * Hands a record's event to its handler, once.
 *
 * @returns whether the record is over and done with; if not, it is to be delivered again.
 */
export async function deliver(record: ReceivedRecord, attempt: number, delivery: DeliveryOptions): Promise<boolean> {
  const { group, handler, onFailure, log } = delivery;
  const { value: _, ...from } = record;
  const metadata = { ...from, group };
  try {
    const event = eventIn(record, delivery);
    if (event !== undefined) await handler(event, metadata);
    return true;
  } catch (error) {
    const { topic, partition, offset } = record;
    const about = { group, topic, partition, offset, attempt, error: errorText(error) };
    const isOver = onFailure(error, metadata, attempt) === 'skip';
    if (isOver) log.error('event handling failed, event skipped', about);
    else log.warn('event handling failed, retrying', about);
    return isOver;
  }
}
