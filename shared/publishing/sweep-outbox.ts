import { MessageRefusedError } from '../bus/transport.ts';
import type { Envelope } from '../events/envelope.ts';
import type { OutboxDocument } from '../persistence/commit/outbox.ts';
import type { StoredDocument } from '../persistence/documents/stored-document.ts';
import { visitSpan } from '../persistence/documents/visit-span.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { SendOutcome } from './owed-commit.ts';
import { type OwedSweep, visitOwed } from './owed-pages.ts';
import { readOutbox } from './read-outbox.ts';

export interface OutboxSweep extends OwedSweep {
  readonly service: string;
  readonly dispatcher: Pick<Dispatcher, 'dispatchFound'>;
  readonly tracing?: Tracing | undefined;
  /** Whether this code knows the event, in this version. */
  readonly knowsEvent: (envelope: Envelope) => boolean;
  /** Sees to a document that cannot be sent. */
  readonly failed: (document: StoredDocument, error: unknown) => Promise<unknown>;
}

/** What is told of a document that was not sent, and is to be put off; one that is left is neither. */
const failures: Readonly<Partial<Record<SendOutcome, string>>> = {
  refused: 'the bus refuses a message of this commit',
  failed: 'the bus did not take the messages of this commit',
};

/**
 * Sends what a crash between commit and send left behind in a container, oldest first. What goes to a topic that cannot be
 * written is left as it is, and hides nothing that goes elsewhere. It settles although the bus never answers, and tells whether
 * anything was due.
 */
export function sweepOutbox(sweep: OutboxSweep): Promise<boolean> {
  return visitOwed('outbox', sweep, (due) => sendPage(due, sweep));
}

async function sendPage(due: readonly StoredDocument[], sweep: OutboxSweep): Promise<void> {
  const owed = await readable(due, sweep);
  const outcomes = await Promise.all(owed.map(async (outbox) => ({ outbox, outcome: await dispatch(outbox, sweep) })));
  for (const { outbox, outcome } of outcomes) {
    const failure = failures[outcome];
    if (failure !== undefined) await sweep.failed(outbox, new MessageRefusedError(failure));
  }
}

function dispatch(
  outbox: OutboxDocument,
  { service, container, dispatcher, tracing }: OutboxSweep,
): Promise<SendOutcome> {
  const send = () => dispatcher.dispatchFound(outbox, container);
  if (tracing === undefined) return send();
  // A span in each trace that waits for it.
  const parents = new Set(outbox.messages.map(({ envelope }) => envelope.traceparent));
  return tracing.withinEach(
    [...parents].map((parent) => visitSpan(service, outbox, parent)),
    send,
  );
}

/** Those that this code may send, in the order of their subjects. */
async function readable(
  due: readonly StoredDocument[],
  { failed, knowsEvent }: OutboxSweep,
): Promise<readonly OutboxDocument[]> {
  const owed: OutboxDocument[] = [];
  for (const document of due) {
    try {
      owed.push(readOutbox(document, knowsEvent));
    } catch (error) {
      await failed(document, error);
    }
  }
  return owed.sort(bySubject);
}

/** A subject's events in their order, as far as one page has them. */
function bySubject(one: OutboxDocument, other: OutboxDocument): number {
  return one.boundary.localeCompare(other.boundary) || sequenceOf(one) - sequenceOf(other);
}

function sequenceOf({ messages }: OutboxDocument): number {
  return messages[0]?.envelope.sequence ?? 0;
}
