import type { ReceivedRecord } from '../../../shared/bus/received-record.ts';
import type { DomainEvent } from '../../../shared/events/define-event.ts';
import type { Envelope } from '../../../shared/events/envelope.ts';
import { headersOf } from '../../../shared/events/message-headers.ts';
import { seal } from '../../../shared/events/seal.ts';
import { newId } from '../../../shared/ids.ts';
import { Counted } from './counter.ts';

let offset = 0;

/** A record with any bytes in it. */
export function recordWith(value: string, headers: Readonly<Record<string, string>> = {}): ReceivedRecord {
  offset += 1;
  const timestamp = '2026-11-22T09:59:59.000Z';
  return { topic: 'platform-events', partition: 0, offset, timestamp, key: 'a', value, headers };
}

/** An event in its envelope, as some other service sent it. */
export function envelopeOf(event: DomainEvent, change: Partial<Envelope> = {}): Envelope {
  const cause = { tenant: 'main', correlationId: 'request-1' };
  const time = '2026-11-22T09:59:59.000Z';
  return { ...seal(event, { id: newId(), service: 'elsewhere', sequence: 1, time, cause }), ...change };
}

/** The record of an event. */
export function recordOf(
  event: DomainEvent,
  change: Partial<Envelope> = {},
  headers: Readonly<Record<string, string>> = {},
): ReceivedRecord {
  const envelope = envelopeOf(event, change);
  return recordWith(JSON.stringify(envelope), { ...headersOf(envelope), ...headers });
}

/** The record of something counted. */
export function counted(by = 1, { counter = 'a', ...envelope }: Partial<Envelope> & { counter?: string } = {}) {
  return recordOf(Counted({ counter, by }), envelope);
}
