import { apiTable } from '../../infra/embedded/kafka/api/table.ts';
import { topicConfigDefaults } from '../../infra/embedded/kafka/log/topic-configs.ts';
import { type Profile, profiles } from '../../infra/embedded/kafka/profiles.ts';
import { ErrorCode } from '../../infra/embedded/kafka/protocol/error-code.ts';
import { markdownTable } from './generated-part.ts';

/** What the embedded Kafka broker supports, from the tables by which it works. */
export function kafkaSupport(): string {
  return [
    '### APIs and their versions',
    markdownTable(['API', 'key', 'profile `kafka`', 'profile `event-hubs`'], apiRows()),
    '### Limits of a profile',
    markdownTable(['limit', 'profile `kafka`', 'profile `event-hubs`'], limitRows()),
    '### Configurations of a topic',
    markdownTable(
      ['name', 'default'],
      topicConfigDefaults.map(([name, value]) => [code(name), code(value)]),
    ),
    '### Errors that it answers with',
    Object.entries(ErrorCode)
      .filter(([, number]) => number !== ErrorCode.NONE)
      .map(([name, number]) => `${code(name)} (${number})`)
      .join(', '),
  ].join('\n\n');
}

function apiRows(): readonly (readonly string[])[] {
  const apis = [...apiTable(profiles.kafka).values()].toSorted((a, b) => a.key - b.key);
  return apis.map(({ name, key }) => [
    code(name),
    String(key),
    versionsIn(profiles.kafka, key),
    versionsIn(profiles['event-hubs'], key),
  ]);
}

function versionsIn(profile: Profile, key: number): string {
  const api = apiTable(profile).get(key);
  return api === undefined ? 'not offered' : `${api.minVersion} to ${api.maxVersion}`;
}

function limitRows(): readonly (readonly string[])[] {
  const limits: readonly (readonly [string, (profile: Profile) => string])[] = [
    ['topics', ({ maxTopics }) => numberOf(maxTopics)],
    ['partitions of a topic', ({ maxPartitions }) => numberOf(maxPartitions)],
    ['bytes of a batch, unless the topic says otherwise', ({ maxMessageBytes }) => numberOf(maxMessageBytes)],
    ['compressed batches', ({ allowsCompression }) => (allowsCompression ? 'taken' : 'refused')],
    ['name of a consumer group', ({ groupName }) => code(String(groupName))],
  ];
  return limits.map(([limit, of]) => [limit, of(profiles.kafka), of(profiles['event-hubs'])]);
}

function numberOf(value: number): string {
  return Number.isFinite(value) ? String(value) : 'no limit';
}

function code(text: string): string {
  return `\`${text}\``;
}
