import type { Service } from '../capabilities/define-service.ts';
import type { Consumer } from '../consuming/consume-batch.ts';
import type { Reaction } from '../consuming/reaction.ts';
import type { Topic } from '../events/topics.ts';
import type { Settings } from '../settings/settings.ts';

/** The subscribers of one service to one topic: one function, whose name is its consumer group's. */
export interface TopicConsumer extends Consumer {
  readonly service: string;
  readonly topic: Topic;
}

/** One consumer for each topic that the service listens to, so that it sees a key's events in their order. */
export function consumersOf({ name, subscribers }: Service, settings: Settings): readonly TopicConsumer[] {
  const running = subscribers.filter(({ when }) => when(settings));
  const byTopic = Map.groupBy<Topic | undefined, Reaction>(running, ({ on }) => on[0]?.topic);
  return [...byTopic].flatMap(([topic, reactions]) =>
    topic === undefined ? [] : [{ name: `${name}-on-${topic}`, service: name, topic, reactions }],
  );
}
