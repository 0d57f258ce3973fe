import { settlesWithin } from '../async/timeout.ts';
import { MessageRefusedError } from '../bus/transport.ts';
import type { Clock } from '../clock.ts';
import { OutboxDocument } from '../persistence/commit/outbox.ts';
import type { DocumentContainer } from '../persistence/documents/document-container.ts';
import type { StoredDocument } from '../persistence/documents/stored-document.ts';
import { visitSpan } from '../persistence/documents/visit-span.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import type { Dispatcher, SendOutcome } from './dispatcher.ts';

export interface OutboxSweep {
  readonly service: string;
  readonly container: DocumentContainer;
  readonly dispatcher: Pick<Dispatcher, 'dispatchFound' | 'isBusAway'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly tracing?: Tracing | undefined;
  /** Sees to a document that cannot be sent. */
  readonly failed: (document: StoredDocument, error: unknown) => Promise<unknown>;
  /** When it is aborted, what is left is left to the next sweep. */
  readonly signal: AbortSignal;
  /** How long the bus has for a page; what is on its way then is still sent, without being waited for. */
  readonly patienceMs: number;
}

const pageSize = 100;

/**
 * Sends what a crash between commit and send left behind in a container, oldest first. Left alone while the bus is away: it
 * would only be sent in vain. It settles although the bus never answers.
 */
export async function sweepOutbox(sweep: OutboxSweep): Promise<void> {
  const { container, dispatcher, clock, signal } = sweep;
  if (dispatcher.isBusAway) return;
  for await (const due of container.due({ of: 'outbox', now: clock.now().toISOString() }, pageSize)) {
    if (!(await sendPage(due, sweep)) || dispatcher.isBusAway || signal.aborted) return;
  }
}

/** Tells whether the bus had an answer for each of them. */
async function sendPage(due: readonly StoredDocument[], sweep: OutboxSweep): Promise<boolean> {
  const owed = await readable(due, sweep);
  const refused: OutboxDocument[] = [];
  const sending = owed.map(async (outbox) => {
    if ((await dispatch(outbox, sweep)) === 'refused') refused.push(outbox);
  });
  const isSettled = await settlesWithin(Promise.all(sending), sweep.patienceMs);
  for (const outbox of refused)
    await sweep.failed(outbox, new MessageRefusedError('the bus refuses a message of this commit'));
  return isSettled;
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

/** Those that are outbox documents as this code knows them, in the order of their subjects. */
async function readable(due: readonly StoredDocument[], { failed }: OutboxSweep): Promise<readonly OutboxDocument[]> {
  const owed: OutboxDocument[] = [];
  for (const document of due) {
    const { success, data, error } = OutboxDocument.safeParse(document);
    if (success) owed.push(data);
    else await failed(document, error);
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
