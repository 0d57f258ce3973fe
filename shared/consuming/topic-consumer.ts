import type { Topic } from '../events/topics.ts';
import type { Consumer } from './consumer.ts';

/** The subscribers of one service to one topic: one function, whose name is its consumer group's. */
export interface TopicConsumer extends Consumer {
  readonly service: string;
  readonly topic: Topic;
}
