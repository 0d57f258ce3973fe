import type { z } from 'zod';
import { type TriggerType, triggerTypes } from '../../infra/embedded/functions-host/app/trigger.ts';
import { EventHubTriggerBinding } from '../../infra/embedded/functions-host/event-hubs/event-hubs-trigger.ts';
import { HostJson, objectIn } from '../../infra/embedded/functions-host/host-json.ts';
import { routeConstraints } from '../../infra/embedded/functions-host/http/route-constraints.ts';
import { HttpTriggerBinding } from '../../infra/embedded/functions-host/http/router.ts';
import {
  KafkaTriggerBinding,
  refusedKafkaProperties,
} from '../../infra/embedded/functions-host/kafka/kafka-trigger.ts';
import { TimerTriggerBinding } from '../../infra/embedded/functions-host/timer/timer-trigger.ts';
import { markdownTable } from './generated-part.ts';

const bindings: Readonly<Record<TriggerType, z.ZodObject>> = {
  eventhubtrigger: EventHubTriggerBinding,
  httptrigger: HttpTriggerBinding,
  kafkatrigger: KafkaTriggerBinding,
  timertrigger: TimerTriggerBinding,
};

/** What the embedded Functions host supports, from the schemas by which it reads. */
export function functionsHostSupport(): string {
  return [
    '### Triggers',
    markdownTable(
      ['trigger', 'properties'],
      triggerTypes.map((type) => [`\`${type}\``, words(Object.keys(bindings[type].shape))]),
    ),
    `The only other binding is \`http\`, the answer of an HTTP trigger. Refused by name: ${words(refusedKafkaProperties)} of a Kafka trigger. Constraints of a route: ${words(routeConstraints.keys())}.`,
    '### Keys of host.json',
    'A time span has its default in milliseconds here.',
    markdownTable(['key', 'default'], rowsOf(HostJson, HostJson.parse({ version: '2.0' }), [])),
  ].join('\n\n');
}

function rowsOf(schema: z.ZodObject, values: unknown, path: readonly string[]): readonly (readonly string[])[] {
  return Object.entries(schema.shape).flatMap(([key, member]) => {
    const value: unknown = Object(values)[key];
    const inner = objectIn(member);
    if (inner !== undefined) return rowsOf(inner, value, [...path, key]);
    return [[`\`${[...path, key].join('.')}\``, value === undefined ? 'none' : `\`${JSON.stringify(value)}\``]];
  });
}

function words(values: Iterable<string>): string {
  return [...values].map((value) => `\`${value}\``).join(', ');
}
