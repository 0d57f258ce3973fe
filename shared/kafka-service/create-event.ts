import { systemClock } from '../clock.ts';
import type { Envelope } from '../events/envelope.ts';
import { seal } from '../events/seal.ts';
import { newId } from '../ids.ts';
import { defaultTenant, Tenant } from '../security/principal.ts';
import { eventNamed } from './event-names.ts';
import { InvalidEventError, issuesOf } from './invalid-event.ts';

/** Where an event comes from. */
export interface EventOrigin {
  /** Which program tells it, as a URI reference: `pos`, `/programs/pos`. */
  readonly source: string;
  /** By default `main`. */
  readonly tenantId?: string;
  /** Counts the events about one subject, from 1; readers that keep the newest state go by it. By default 1. */
  readonly sequence?: number;
  /** Shared by all that follows from one cause; by default a new one. */
  readonly correlationId?: string;
  /** The id of the event that this one reacts to. */
  readonly causationId?: string;
  /** The W3C trace context it belongs to. */
  readonly traceparent?: string;
  /** By default a new UUID version 7. Who tells the same event again gives it the same id. */
  readonly id?: string;
  /** When it happened, ISO 8601 in UTC; by default now. */
  readonly time?: string;
}

/**
 * Makes an event that `publishEvent` takes: a CloudEvent as on the bus (docs/asyncapi.yaml).
 *
 * @param type its type (`order.created`), its constant (`ORDER_CREATED`), or what the systems replaced called it
 * @throws UnknownNameError for a type that has no place on the bus; InvalidEventError when the data break its contract, or there can be no such tenant.
 */
export function createEvent(type: string, data: unknown, origin: EventOrigin): Envelope {
  const definition = eventNamed(type);
  const checked = definition.data.safeParse(data);
  if (!checked.success)
    throw new InvalidEventError(`the data break the contract of ${definition.type}: ${issuesOf(checked.error)}`);
  const { source, tenantId: tenant = defaultTenant, sequence = 1, causationId, traceparent, id = newId() } = origin;
  if (!Tenant.safeParse(tenant).success)
    throw new InvalidEventError(
      `the tenant is '${tenant}': it is 1 to 40 lower-case letters, digits or hyphens, and not system`,
    );
  const sealed = seal(
    { type: definition.type, data, definition },
    {
      id,
      service: source,
      sequence,
      time: origin.time ?? systemClock.now().toISOString(),
      cause: {
        tenant,
        correlationId: origin.correlationId ?? newId(),
        causationId,
        traceparent,
      },
    },
  );
  return { ...sealed, source };
}
