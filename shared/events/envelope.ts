import { z } from 'zod';
import { Tenant } from '../security/principal.ts';
import { Traceparent } from '../telemetry/traceparent.ts';

const dataSchemaPattern = /^urn:lagerhaus:[a-z.]+:[1-9]\d*$/;

/**
 * An event on the bus: CloudEvents 1.0 in structured JSON, with the extensions that every event carries.
 * Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export const Envelope = z.compile(
  z.object({
    specversion: z.literal('1.0'),
    /** UUID version 7: sorts by the time of the event. */
    id: z.uuid(),
    type: z.string().min(1),
    source: z.string().min(1),
    subject: z.string().min(1),
    time: z.iso.datetime(),
    datacontenttype: z.literal('application/json'),
    /** `urn:lagerhaus:{type}:{version}` */
    dataschema: z.string().regex(dataSchemaPattern),
    data: z.unknown(),
    tenantid: Tenant,
    /** Shared by all that follows from one request. */
    correlationid: z.string().min(1),
    /** The event that this one reacts to. */
    causationid: z.string().min(1).optional(),
    partitionkey: z.string().min(1),
    /** Counts the events of the subject, from 1. */
    sequence: z.int().positive(),
    traceparent: Traceparent.optional(),
  }),
);
export type Envelope = z.infer<typeof Envelope>;

/** An event as a reaction sees it: the envelope's fields in the code's spelling, its data of the current version. */
export interface ReceivedEvent<Data = unknown> {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  /** When it happened, ISO 8601 in UTC. */
  readonly time: string;
  readonly sequence: number;
  readonly tenant: string;
  readonly correlationId: string;
  /** The event that this one reacts to. */
  readonly causationId?: string | undefined;
  readonly traceparent: string | undefined;
  readonly data: Data;
}

/** The name of a contract's version, as `dataschema` carries it. */
export function dataSchemaOf(type: string, version: number): string {
  return `urn:lagerhaus:${type}:${version}`;
}

/** The version that `dataschema` names. */
export function versionOf({ dataschema }: Envelope): number {
  return Number(dataschema.slice(dataschema.lastIndexOf(':') + 1));
}
