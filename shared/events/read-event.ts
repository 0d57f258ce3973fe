import type { EventDefinition } from './define-event.ts';
import { Envelope, type ReceivedEvent, versionOf } from './envelope.ts';

/** The bytes are no event, or not the event that their type says. */
export class UnreadableEventError extends Error {
  override readonly name = 'UnreadableEventError';
}

/** @throws UnreadableEventError when the bytes are no envelope. */
export function readEnvelope(value: string): Envelope {
  let json: unknown;
  try {
    json = JSON.parse(value);
  } catch (error) {
    throw new UnreadableEventError(`the bytes are not JSON: ${String(error)}`);
  }
  const result = Envelope.safeParse(json);
  if (result.success) return result.data;
  throw new UnreadableEventError(`the bytes are no envelope: ${problems(result.error)}`);
}

/**
 * The event as this code knows it: of the current version, validated.
 *
 * @throws NewerVersionError when it was written by newer code; UnreadableEventError when its data breaks the contract.
 */
export function readEvent(envelope: Envelope, definition: EventDefinition): ReceivedEvent {
  return {
    id: envelope.id,
    type: envelope.type,
    subject: envelope.subject,
    time: envelope.time,
    sequence: envelope.sequence,
    tenant: envelope.tenantid,
    correlationId: envelope.correlationid,
    traceparent: envelope.traceparent,
    data: readData(envelope, definition),
  };
}

function readData(envelope: Envelope, definition: EventDefinition): unknown {
  const result = definition.read(envelope.data, versionOf(envelope));
  if (result.success) return result.data;
  throw new UnreadableEventError(`the data breaks the contract of ${envelope.type}: ${problems(result.error)}`);
}

function problems({
  issues,
}: {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}): string {
  return issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('; ');
}
