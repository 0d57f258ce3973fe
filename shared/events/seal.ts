import { wellFormedTraceparent } from '../telemetry/traceparent.ts';
import type { Cause } from './cause.ts';
import type { DomainEvent } from './define-event.ts';
import { dataSchemaOf, type Envelope } from './envelope.ts';

/** Where and when an event happened. */
export interface Occurrence {
  readonly id: string;
  readonly service: string;
  readonly sequence: number;
  /** ISO 8601 in UTC. */
  readonly time: string;
  readonly cause: Cause;
}

/**
 * Puts a decided event into its envelope.
 *
 * @throws ZodError when the data breaks the event's contract: nothing that a reader would refuse is ever stored.
 */
export function seal(
  { type, data, definition }: DomainEvent,
  { id, service, sequence, time, cause }: Occurrence,
): Envelope {
  definition.check(data);
  const traceparent = wellFormedTraceparent(cause.traceparent);
  return {
    specversion: '1.0',
    id,
    type,
    source: `/services/${service}`,
    subject: definition.subjectOf(data),
    time,
    datacontenttype: 'application/json',
    dataschema: dataSchemaOf(type, definition.version),
    data,
    tenantid: cause.tenant,
    correlationid: cause.correlationId,
    ...(cause.causationId === undefined ? {} : { causationid: cause.causationId }),
    partitionkey: definition.partitionKeyOf(data),
    sequence,
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}
