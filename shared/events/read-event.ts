import { cutText } from '../cut-text.ts';
import { beginningsOf } from './beginnings-of.ts';
import type { EventDefinition } from './define-event.ts';
import { Envelope, type ReceivedEvent, versionOf } from './envelope.ts';

const toldIssues = 10;

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
    causationId: envelope.causationid,
    traceparent: envelope.traceparent,
    data: readData(envelope, definition),
  };
}

function readData(envelope: Envelope, definition: EventDefinition): unknown {
  const version = versionOf(envelope);
  const beginnings = beginningsOf(envelope.data);
  const first = beginnings === undefined ? undefined : definition.read(beginnings, version);
  const result = first?.success === false ? first : definition.read(envelope.data, version);
  if (result.success) return result.data;
  throw new UnreadableEventError(`the data breaks the contract of ${envelope.type}: ${problems(result.error)}`);
}

interface Issues {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}

/** Data can be wrong in as many places as they have: the first few tell what is wrong. */
function problems({ issues }: Issues): string {
  const told = issues
    .slice(0, toldIssues)
    .map(({ path, message }) => `${cutText(path.map(String).join('.'), 200)}: ${cutText(message, 200)}`);
  const more = issues.length - told.length;
  return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
