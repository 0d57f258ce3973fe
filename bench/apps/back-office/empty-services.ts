import { z } from 'zod';
import { defineService, type Service } from '../../../shared/capabilities/define-service.ts';
import { type Subscriber, subscriber } from '../../../shared/capabilities/subscriber.ts';
import { topicsOf } from '../../../shared/consuming/listening.ts';
import { defineEvent } from '../../../shared/events/define-event.ts';
import { everyEvent } from '../../../shared/events/every-event.ts';
import type { Topic } from '../../../shared/events/topics.ts';
import { foreseen } from './foreseen.ts';

/** The services with what is still to come of them: consumers that do nothing, and for a service to come a container. */
export function withForeseen(services: readonly Service[]): readonly Service[] {
  const toCome = Object.keys(foreseen).filter((name) => services.every((service) => service.name !== name));
  const empty = toCome.map((name) => defineService({ name, summary: 'Is to come.', capabilities: [] }));
  return [...services, ...empty].map(withItsListeners);
}

function withItsListeners(service: Service): Service {
  const heard = service.subscribers.flatMap(({ on }) => topicsOf(on));
  return { ...service, subscribers: [...service.subscribers, ...listenersOf(service.name, heard)] };
}

function listenersOf(service: string, heard: readonly Topic[]): readonly Subscriber[] {
  const topics = foreseen[service] ?? [];
  if (topics !== 'every event')
    return topics.filter((topic) => !heard.includes(topic)).map((topic) => listener(service, topic));
  return heard.length > 0 ? [] : [subscriber({ ...nothing, name: `${service}-idle`, on: everyEvent })];
}

/** Nobody records what it listens to. */
function listener(service: string, topic: Topic): Subscriber {
  const never = defineEvent({
    type: `${topic.replaceAll('-', '.')}.never`,
    version: 1,
    topic,
    description: 'Does not happen.',
    data: z.object({}),
    subject: () => 'nothing/0',
    partitionKey: () => '0',
  });
  return subscriber({ ...nothing, name: `${service}-idle-on-${topic}`, on: never });
}

const nothing = {
  once: 'by-document',
  boundary: () => undefined,
  handle: () => Promise.resolve(),
} as const;
