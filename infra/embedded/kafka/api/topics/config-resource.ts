import { onlyBrokerId } from '../../broker.ts';
import { ErrorCode, KafkaError } from '../../protocol/error-code.ts';
import type { Reader } from '../../protocol/reader.ts';

const topicType = 2;
const brokerType = 4;

/** What configurations are of, as DescribeConfigs names it. */
export interface ConfigResource {
  readonly type: number;
  readonly name: string;
}

/**
 * Whether the resource is a topic or the broker.
 *
 * @throws KafkaError INVALID_REQUEST for anything else.
 */
export function kindOf({ type, name }: ConfigResource): 'topic' | 'broker' {
  if (type === topicType) return 'topic';
  if (type !== brokerType) throw new KafkaError(ErrorCode.INVALID_REQUEST, `Unsupported resource type ${type}`);
  if (name === String(onlyBrokerId) || name === '') return 'broker';
  const reason = `Unexpected broker id, expected ${onlyBrokerId} or empty string, but received ${name}`;
  throw new KafkaError(ErrorCode.INVALID_REQUEST, reason);
}

export function topicsAmong(resources: readonly ConfigResource[]): string[] {
  return resources.filter(({ type }) => type === topicType).map(({ name }) => name);
}

/** Configurations as requests carry them. One without a value is left at its default. */
export function readConfigs(reader: Reader): ReadonlyMap<string, string> {
  const entries = reader.array(() => [reader.string(), reader.nullableString()] as const);
  return new Map(entries.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])));
}
