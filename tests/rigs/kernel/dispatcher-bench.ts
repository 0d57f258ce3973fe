import type { Topic } from '../../../shared/events/topics.ts';
import { OutboxDocument } from '../../../shared/persistence/commit/outbox.ts';
import { Dispatcher } from '../../../shared/publishing/dispatcher.ts';
import { createMetrics } from '../../../shared/telemetry/metrics.ts';
import { Counted } from './counter.ts';
import { kernelBench } from './kernel-bench.ts';
import { RecordingTransport } from './recording-transport.ts';
import { envelopeOf } from './records.ts';
import { silentLog } from './silent-log.ts';

/** A message that a test has a commit owe. */
export interface OwedMessage {
  readonly topic: Topic;
  readonly key?: string;
  readonly by: number;
  readonly note?: string;
}

const boundary = 'main/owed';

/** A dispatcher of its own for one test, on a recorded bus, and commits that owe it something. */
export async function dispatcherBench({ mostHeldBytes }: { readonly mostHeldBytes?: number } = {}) {
  const bench = await kernelBench();
  const transport = new RecordingTransport();
  /** As another process has one. */
  const openDispatcher = () =>
    new Dispatcher({
      transport,
      clock: bench.clock,
      log: silentLog,
      metrics: createMetrics(),
      longestWaitMs: 200,
      ...(mostHeldBytes === undefined ? {} : { mostHeldBytes }),
    });
  const dispatcher = openDispatcher();
  const open = (onCommitted: Dispatcher['dispatch']) => bench.open(boundary, { onCommitted });
  const commit = async (messages: readonly OwedMessage[], onCommitted: Dispatcher['dispatch']) => {
    const work = open(onCommitted);
    for (const { topic, key = 'a', by, note } of messages)
      work.owe({ topic, envelope: envelopeOf(Counted({ counter: key, by, note })) });
    await work.commit();
  };
  const outboxes = async () => {
    const stored = await bench.documents(boundary);
    return stored.filter(({ kind }) => kind === 'outbox').map((document) => OutboxDocument.parse(document));
  };
  return {
    ...bench,
    transport,
    dispatcher,
    openDispatcher,
    /** What is in the outbox, as the sweep finds it. */
    outboxes,
    /** Commits, and has it sent. */
    owe: (...messages: readonly OwedMessage[]) => commit(messages, dispatcher.dispatch.bind(dispatcher)),
    /** Commits as a process that dies before it sends. */
    abandon: (...messages: readonly OwedMessage[]) => commit(messages, () => undefined),
    /** What becomes of all that is in the outbox when the sweep finds it. */
    sweep: async (by = dispatcher) =>
      Promise.all((await outboxes()).map((outbox) => by.dispatchFound(outbox, bench.container))),
    /** What was acknowledged, of one topic or of all. */
    sent: (topic?: Topic): number[] =>
      transport.requests
        .flat()
        .filter((message) => topic === undefined || message.topic === topic)
        .map(({ value }) => JSON.parse(value).data.by),
  };
}

/** Has the bus not take what goes to a topic. */
export function makeUnwritable(transport: RecordingTransport, topic: Topic): void {
  transport.beforeAcknowledging = async (messages) => {
    if (messages.some((message) => message.topic === topic)) throw new Error('not authorized');
  };
}

/** Has the bus take everything again. */
export function makeWritable(transport: RecordingTransport): void {
  transport.beforeAcknowledging = async () => undefined;
}
