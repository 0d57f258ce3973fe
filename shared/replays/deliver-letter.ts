import type { ReceivedRecord } from '../bus/received-record.ts';
import type { Consumer } from '../consuming/consumer.ts';
import { deliverOnce } from '../consuming/deliver-once.ts';
import type { DeadLetterState } from '../dead-letters/dead-letter.ts';
import { failedAgain, tookEffect } from '../dead-letters/letter-steps.ts';
import type { RecordSource } from '../dead-letters/record-source.ts';
import { NewerVersionError } from '../events/define-event.ts';
import type { TrackedProjection } from '../persistence/commit/tracked.ts';
import { consumeDependencies } from '../runtime/consume-dependencies.ts';
import type { Runtime } from '../runtime/runtime.ts';

/**
 * Delivers the event of a letter in this process, to its one subscriber. What it does is committed before the letter says so:
 * a crash in between has it delivered again, and then it finds what it has done.
 *
 * @throws BatchUnfinishedError where the store is in trouble: the letter stays due.
 */
export async function deliverLetter(
  letter: TrackedProjection<DeadLetterState>,
  source: RecordSource,
  runtime: Runtime,
): Promise<void> {
  const error = await failureOf(letter.state, source, runtime);
  const tried = { ...letter.state, attempts: letter.state.attempts + 1 };
  const now = runtime.clock.now();
  letter.put(error === undefined ? tookEffect(tried, now) : failedAgain(tried, error, now));
  if (letter.state.status === 'parked') runtime.deadLetters.tell(letter.id, letter.state);
}

async function failureOf(letter: DeadLetterState, source: RecordSource, runtime: Runtime): Promise<unknown> {
  for (const { service, topic, ...consumer } of runtime.consumers.list) {
    const reactions = consumer.reactions.filter(({ name }) => name === letter.subscriber);
    if (topic === source.topic && reactions.length > 0)
      return deliver(letter, source, { ...consumer, reactions }, service, runtime);
  }
  return new NewerVersionError(`this code has no subscriber ${letter.subscriber}`);
}

function deliver(
  { failedIn, edited, history: [first] }: DeadLetterState,
  { topic, partition, offset, key, raw }: RecordSource,
  consumer: Consumer,
  service: string,
  runtime: Runtime,
): Promise<unknown> {
  const record: ReceivedRecord = {
    topic,
    partition,
    offset,
    key,
    timestamp: first?.at ?? runtime.clock.now().toISOString(),
    value: edited === undefined ? Buffer.from(raw, 'base64').toString() : JSON.stringify(edited),
    headers: {},
  };
  return deliverOnce(record, consumer, consumeDependencies(service, runtime), failedIn);
}
