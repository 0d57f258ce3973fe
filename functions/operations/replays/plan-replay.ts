import { listensTo } from '../../../shared/consuming/listening.ts';
import type { Reaction } from '../../../shared/consuming/reaction.ts';
import type { TopicConsumer } from '../../../shared/consuming/topic-consumer.ts';
import { everyEvent } from '../../../shared/events/every-event.ts';
import { rejectContent } from '../../../shared/model/rejection.ts';
import type { ReplayOrder, Walk } from '../../../shared/replays/replay-state.ts';
import { earliestReplayable, replayableDays } from '../../../shared/replays/replayable.ts';

/** What a replay does: the events of a span, walks over documents, or both. */
interface ReplayPlan {
  readonly order: ReplayOrder;
  readonly walks: readonly Pick<Walk, 'subscriber' | 'kind'>[];
}

/**
 * A rebuild walks over the documents that a subscriber's list is made of, and delivers events to the others alone: where there
 * are none, it takes no events, however old what it makes anew is.
 *
 * @throws Rejection (422) where there is no such consumer, nothing that it would take or rebuild, or where the span begins
 * when it is not remembered any more what was done: it could be done twice.
 */
export function planReplay(wish: ReplayOrder, consumers: readonly TopicConsumer[], now: Date): ReplayPlan {
  const { rebuild, from, to, types = [], ...order } = wish;
  const reactions = reactionsFor(wish, consumers);
  const name = order.subscriber ?? order.consumer;
  refuseForeignTypes(types, reactions, name);
  const isRebuilt = ({ projects = [], remakes }: Reaction) => projects.length > 0 || remakes !== undefined;
  if (rebuild && !reactions.some(isRebuilt))
    throw rejectContent('nothing-to-rebuild', `${name} has no projections: replay without rebuild`);

  const walked = rebuild ? reactions.filter(({ remakes }) => remakes !== undefined) : [];
  const walks = walked.flatMap(({ name: subscriber, remakes }) =>
    remakes === undefined ? [] : [{ subscriber, kind: remakes.kind }],
  );
  if (walked.length === reactions.length) return { order: { ...order, rebuild }, walks };
  refuseSpan(from, to, now);
  return { order: wish, walks };
}

function reactionsFor(
  { consumer: name, subscriber }: ReplayOrder,
  consumers: readonly TopicConsumer[],
): readonly Reaction[] {
  const consumer = consumers.find((one) => one.name === name);
  if (consumer === undefined)
    throw rejectContent(
      'unknown-consumer',
      `there is no consumer ${name}: try ${listed(consumers.map((one) => one.name))}`,
    );
  const reactions = consumer.reactions.filter((one) => subscriber === undefined || one.name === subscriber);
  if (reactions.length > 0) return reactions;
  const names = listed(consumer.reactions.map((one) => one.name));
  throw rejectContent('nothing-to-replay', `${name} has no subscriber ${subscriber}: it has ${names}`);
}

function refuseForeignTypes(types: readonly string[], reactions: readonly Reaction[], name: string): void {
  const foreign = types.filter((type) => !reactions.some(({ on }) => listensTo(on, type)));
  if (foreign.length === 0) return;
  const taken = new Set(reactions.flatMap(({ on }) => (on === everyEvent ? [] : on.map(({ type }) => type))));
  throw rejectContent(
    'nothing-to-replay',
    `${name} does not react to ${listed(foreign)}, but to ${listed([...taken])}`,
  );
}

function refuseSpan(from: string | undefined, to: string | undefined, now: Date): void {
  if (from === undefined)
    throw rejectContent('invalid-span', 'events are delivered, so it needs from: the time from which on');
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
