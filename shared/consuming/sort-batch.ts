import type { ReceivedRecord } from '../bus/received-record.ts';
import type { Envelope, ReceivedEvent } from '../events/envelope.ts';
import { everyEvent, readAnyEvent } from '../events/every-event.ts';
import { replayForHeader } from '../events/message-headers.ts';
import { readEnvelope, readEvent } from '../events/read-event.ts';
import { contractOf } from '../events/registry.ts';
import { storedBoundary } from '../persistence/documents/stored-document.ts';
import { refuseUnknownTenant, type Tenants } from '../settings/tenants.ts';
import type { Reaction, Task } from './reaction.ts';

/** A record that cannot become an event for this subscriber. */
export interface UnreadableRecord {
  readonly subscriber: string;
  readonly record: ReceivedRecord;
  /** Absent where not even the envelope could be read. */
  readonly envelope: Envelope | undefined;
  readonly error: unknown;
}

export interface SortedBatch {
  /** What to do, by stored boundary, in the order of the records. */
  readonly groups: ReadonlyMap<string, readonly Task[]>;
  readonly unreadable: readonly UnreadableRecord[];
  /** Whose event came twice in the batch, once for each repetition. */
  readonly repeated: readonly Reaction[];
}

/** Makes tasks of records: who reacts to which event, and where it writes. What does not concern anybody is none. */
export function sortBatch(
  records: readonly ReceivedRecord[],
  consumer: string,
  reactions: readonly Reaction[],
  tenants: Tenants,
): SortedBatch {
  const groups = new Map<string, Task[]>();
  const unreadable: UnreadableRecord[] = [];
  const repeated: Reaction[] = [];
  const listeners = listenersAmong(reactions);
  for (const record of records) {
    let envelope: Envelope;
    try {
      envelope = readEnvelope(record.value);
    } catch (error) {
      unreadable.push({ subscriber: consumer, record, envelope: undefined, error });
      continue;
    }
    for (const { reaction, read, seen } of listeners(envelope.type)) {
      if (!isAddressed(reaction, record)) continue;
      const occurrence = `${envelope.tenantid}/${envelope.id}`;
      if (seen.has(occurrence)) {
        repeated.push(reaction);
        continue;
      }
      seen.add(occurrence);
      try {
        refuseUnknownTenant(envelope.tenantid, tenants);
        for (const task of tasksOf(reaction, read(envelope, record), record)) {
          const boundary = storedBoundary(envelope.tenantid, task.boundary);
          const group = groups.get(boundary);
          if (group === undefined) groups.set(boundary, [task]);
          else group.push(task);
        }
      } catch (error) {
        unreadable.push({ subscriber: reaction.name, record, envelope, error });
      }
    }
  }
  return { groups, unreadable, repeated };
}

/** One for each boundary that the reaction writes. @throws Error where these are more than two. */
function tasksOf(reaction: Reaction, event: ReceivedEvent, record: ReceivedRecord) {
  const named = reaction.boundary(event) ?? [];
  const places = typeof named === 'string' ? [named] : [...new Set(named)];
  if (places.length > 2)
    throw new Error(
      `${reaction.name} names ${places.length} boundaries and may write two: leave the others to a deadline`,
    );
  const isOneOfTwo = places.length > 1;
  return places.map((boundary) => ({ reaction, event, record, boundary, end: isOneOfTwo ? boundary : undefined }));
}

interface Listener {
  readonly reaction: Reaction;
  readonly read: (envelope: Envelope, record: ReceivedRecord) => ReceivedEvent;
  /** The events of this type that it has in the batch already: of two tenants, one id is two events. */
  readonly seen: Set<string>;
}

/** Who reacts to which type of event. */
function listenersAmong(reactions: readonly Reaction[]): (type: string) => readonly Listener[] {
  const byType = new Map<string, Listener[]>();
  const toAll: Listener[] = [];
  for (const reaction of reactions) {
    if (reaction.on === everyEvent) {
      const read = (envelope: Envelope, record: ReceivedRecord) =>
        readAnyEvent(envelope, record, contractOf(envelope.type));
      toAll.push({ reaction, read, seen: new Set() });
      continue;
    }
    for (const definition of reaction.on) {
      const listener = {
        reaction,
        read: (envelope: Envelope) => readEvent(envelope, definition),
        seen: new Set<string>(),
      };
      byType.set(definition.type, [...(byType.get(definition.type) ?? []), listener]);
    }
  }
  for (const listeners of byType.values()) listeners.push(...toAll);
  return (type) => byType.get(type) ?? toAll;
}

/** A replayed event is for one subscriber only. */
export function isAddressed({ name }: Reaction, { headers }: ReceivedRecord): boolean {
  const addressee = headers[replayForHeader];
  return addressee === undefined || addressee === name;
}
