import type { Service } from '../capabilities/define-service.ts';
import { topicsOf } from '../consuming/listening.ts';
import type { TopicConsumer } from '../consuming/topic-consumer.ts';
import type { Topic } from '../events/topics.ts';
import type { Settings } from '../settings/settings.ts';

/** One consumer for each topic that the service listens to, so that it sees a key's events in their order. */
export function consumersOf({ name, subscribers }: Service, settings: Settings): readonly TopicConsumer[] {
  const running = subscribers.filter(({ when }) => when(settings));
  const erasable = [...new Set(subscribers.flatMap(({ erases }) => erases ?? []))];
  const read = new Set(running.flatMap(({ on }) => topicsOf(on)));
  return [...read].map((topic) => {
    const reactions = running.filter(({ on }) => topicsOf(on).includes(topic));
    return { name: consumerName(name, topic), service: name, topic, reactions, erasable };
  });
}

/** What the consumer of a service is called that listens to a topic: its function, and its consumer group. */
export function consumerName(service: string, topic: Topic): string {
  return `${service}-on-${topic}`;
}
