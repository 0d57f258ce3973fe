import { schedule } from '../../../shared/capabilities/schedule.ts';
import { DeadLettersCounted } from '../../../shared/events/contracts/platform.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import { operationsSettings } from '../settings.ts';
import { deadLettersThat } from './dead-letter-list.ts';

/** Nobody needs a larger number to know that something is wrong. */
const mostCounted = 1_000;
const mostNamed = 5;

/** Tells the operators of each tenant, once a day, how many dead letters wait for them. Where there are none, nothing. */
export const countDeadLetters = schedule({
  name: 'count-dead-letters',
  recurs(settings) {
    const { DEAD_LETTERS_COUNTED_AT: daily, OPERATORS_TIME_ZONE: zone } = operationsSettings.of(settings);
    return { daily, zone };
  },
  runsFor: 'each-tenant',
  async handle(work, { reader, now }) {
    const { subscribers, isMore } = await parkedIn(reader);
    if (subscribers.length === 0) return;
    const bySubscriber = [...Map.groupBy(subscribers, (subscriber) => subscriber)]
      .map(([subscriber, letters]) => ({ subscriber, parked: letters.length }))
      .toSorted((one, other) => other.parked - one.parked);
    work.tell(
      DeadLettersCounted({
        parked: subscribers.length,
        isMore,
        subscribers: bySubscriber.slice(0, mostNamed),
        at: now.toISOString(),
      }),
    );
  },
});

/** Who could not do what, one for each letter. */
async function parkedIn(
  reader: Reader,
): Promise<{ readonly subscribers: readonly string[]; readonly isMore: boolean }> {
  const subscribers: string[] = [];
  let continuation: string | undefined;
  do {
    const page = await deadLettersThat(reader, { status: 'parked' }, { limit: 100, continuation });
    subscribers.push(...page.items.map(({ state }) => state.subscriber));
    continuation = page.continuation;
  } while (continuation !== undefined && subscribers.length < mostCounted);
  return {
    subscribers: subscribers.slice(0, mostCounted),
    isMore: continuation !== undefined || subscribers.length > mostCounted,
  };
}
