import { listensTo } from '../../../shared/consuming/listening.ts';
import type { TopicConsumer } from '../../../shared/consuming/topic-consumer.ts';
import { everyEvent } from '../../../shared/events/every-event.ts';
import { rejectContent } from '../../../shared/model/rejection.ts';
import type { ReplayOrder } from '../../../shared/replays/replay-state.ts';
import { earliestReplayable, replayableDays } from '../../../shared/replays/replayable.ts';

/**
 * @throws Rejection (422) where there is no such consumer, nothing that it would take or rebuild, or where the span begins
 * when it is not remembered any more what was done: it could be done twice.
 */
export function refuseReplay(
  { consumer: name, subscriber, from, to, types = [], rebuild }: ReplayOrder,
  consumers: readonly TopicConsumer[],
  now: Date,
): void {
  const consumer = consumers.find((one) => one.name === name);
  if (consumer === undefined)
    throw rejectContent(
      'unknown-consumer',
      `there is no consumer ${name}: try ${listed(consumers.map((one) => one.name))}`,
    );

  const reactions = consumer.reactions.filter((one) => subscriber === undefined || one.name === subscriber);
  if (reactions.length === 0) {
    const names = listed(consumer.reactions.map((one) => one.name));
    throw rejectContent('nothing-to-replay', `${name} has no subscriber ${subscriber}: it has ${names}`);
  }
  const foreign = types.filter((type) => !reactions.some(({ on }) => listensTo(on, type)));
  if (foreign.length > 0) {
    const taken = new Set(reactions.flatMap(({ on }) => (on === everyEvent ? [] : on.map(({ type }) => type))));
    throw rejectContent(
      'nothing-to-replay',
      `${subscriber ?? name} does not react to ${listed(foreign)}, but to ${listed([...taken])}`,
    );
  }
  if (rebuild && reactions.every(({ projects = [] }) => projects.length === 0))
    throw rejectContent('nothing-to-rebuild', `${subscriber ?? name} has no projections: replay without rebuild`);

  if (to !== undefined && (from >= to || to > now.toISOString()))
    throw rejectContent('invalid-span', 'the span ends before it begins, or lies ahead');
  const earliest = earliestReplayable(now);
  if (from < earliest)
    throw rejectContent(
      'span-forgotten',
      `what was done is remembered for ${replayableDays} days: begin at ${earliest} or later`,
    );
}

function listed(names: readonly string[]): string {
  return names.toSorted().join(', ');
}
