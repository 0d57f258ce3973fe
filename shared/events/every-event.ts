import { canonicalJson } from '../canonical-json.ts';
import { sha256 } from '../ids.ts';
import type { EventDefinition } from './define-event.ts';
import { dataSchemaOf, type Envelope, type ReceivedEvent, versionOf } from './envelope.ts';
import { readEvent } from './read-event.ts';

/**
 * All events of all topics, whether this code knows them or not: what a subscriber is `on` that keeps a record of everything.
 */
export const everyEvent: unique symbol = Symbol('every event');
export type EveryEvent = typeof everyEvent;

/** Where on the bus an event came in. */
export interface Arrival {
  readonly topic: string;
  /** The same for every delivery, and for whatever else has its key, as long as the topic has as many partitions. */
  readonly partition: number;
}

interface Heard extends ReceivedEvent, Arrival {
  /** Its attributes, as CloudEvents names them, without the data. */
  readonly attributes: Omit<Envelope, 'data'>;
}

/**
 * An event as a subscriber to every event gets it. Where this code has its contract, its data are of the contract's current
 * version, so that nothing is kept which an older one had too much of, and `attributes.dataschema` says so. Of a contract
 * that this code does not have, or has in an older version, nobody here can say what its data may hold: their hash arrives,
 * and not the data.
 */
export type AnyEvent =
  | (Heard & { readonly isKnown: true })
  | (Heard & {
      readonly isKnown: false;
      readonly data: undefined;
      /** SHA-256, in hexadecimal, of the data as `canonicalJson` writes them. */
      readonly dataHash: string;
    });

/** @throws UnreadableEventError when its data break a contract that this code has. */
export function readAnyEvent(
  envelope: Envelope,
  { topic, partition }: Arrival,
  definition: EventDefinition | undefined,
): AnyEvent {
  const { data, ...attributes } = envelope;
  const arrival = { topic, partition };
  if (definition !== undefined && versionOf(envelope) <= definition.version) {
    const dataschema = dataSchemaOf(definition.type, definition.version);
    return { ...readEvent(envelope, definition), ...arrival, attributes: { ...attributes, dataschema }, isKnown: true };
  }
  const { id, type, subject, time, sequence, tenantid: tenant, correlationid: correlationId, traceparent } = envelope;
  return {
    ...{ id, type, subject, time, sequence, tenant, correlationId, traceparent },
    ...arrival,
    attributes,
    isKnown: false,
    data: undefined,
    dataHash: sha256(canonicalJson(data ?? null)),
  };
}
