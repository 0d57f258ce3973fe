import { ErrorCode, KafkaError } from '../protocol/error-code.ts';

interface ConfigKind {
  readonly default: string;
  readonly fault: (value: string) => string | undefined;
}

const maxInt32 = 2_147_483_647;

function integer(defaultValue: number, minimum: number, maximum = Number.MAX_SAFE_INTEGER): ConfigKind {
  return {
    default: String(defaultValue),
    fault: (value) => {
      if (!/^-?\d+$/.test(value)) return 'Not a number';
      if (Number(value) < minimum) return `Value must be at least ${minimum}`;
      return Number(value) > maximum ? `Value must be no more than ${maximum}` : undefined;
    },
  };
}

function oneOf(defaultValue: string, ...others: readonly string[]): ConfigKind {
  const allowed = [defaultValue, ...others];
  return {
    default: defaultValue,
    fault: (value) => (allowed.includes(value) ? undefined : `this broker supports only ${allowed.join(' and ')}`),
  };
}

/**
 * The topic configurations of Kafka that this broker knows (kafka.apache.org/documentation/#topicconfigs). Compaction
 * is something a broker may do and consumers cannot rely on: a compacted topic is accepted and kept whole.
 */
const kinds: ReadonlyMap<string, ConfigKind> = new Map(
  Object.entries({
    'cleanup.policy': oneOf('delete', 'compact', 'compact,delete', 'delete,compact'),
    'compression.type': oneOf('producer'),
    'delete.retention.ms': integer(86_400_000, 0),
    'flush.messages': integer(Number.MAX_SAFE_INTEGER, 1),
    'flush.ms': integer(Number.MAX_SAFE_INTEGER, 0),
    'max.compaction.lag.ms': integer(Number.MAX_SAFE_INTEGER, 1),
    'max.message.bytes': integer(1_048_588, 0, maxInt32),
    'message.timestamp.type': oneOf('CreateTime'),
    'min.compaction.lag.ms': integer(0, 0),
    'min.insync.replicas': integer(1, 1, 1),
    'retention.bytes': integer(-1, -1),
    'retention.ms': integer(604_800_000, -1),
    'segment.bytes': integer(67_108_864, 14, maxInt32),
    'segment.ms': integer(604_800_000, 1),
    'unclean.leader.election.enable': oneOf('false'),
  }),
);

/** The name of each configuration that a topic has, with its default. */
export const topicConfigDefaults: readonly (readonly [name: string, value: string])[] = [...kinds].map(
  ([name, kind]) => [name, kind.default] as const,
);

/** @throws KafkaError INVALID_CONFIG for a name that is not known or a value that does not fit. */
export function validateTopicConfigs(configs: ReadonlyMap<string, string>): void {
  for (const [name, value] of configs) {
    const kind = kinds.get(name);
    if (kind === undefined) throw new KafkaError(ErrorCode.INVALID_CONFIG, `Unknown topic config name: ${name}`);
    const fault = kind.fault(value);
    if (fault !== undefined) {
      throw new KafkaError(ErrorCode.INVALID_CONFIG, `Invalid value ${value} for configuration ${name}: ${fault}`);
    }
  }
}

/** What the configurations, with the defaults for those not set, mean for a log. */
export interface LogLimits {
  readonly maxMessageBytes: number;
  readonly segmentBytes: number;
  readonly retentionMs: number;
  readonly retentionBytes: number;
}

/** `maxMessageBytes` is the default of the server's profile. */
export function limitsOf(configs: ReadonlyMap<string, string>, maxMessageBytes: number): LogLimits {
  const number = (name: string) => Number(configs.get(name) ?? kinds.get(name)?.default);
  const deletes = (configs.get('cleanup.policy') ?? 'delete').includes('delete');
  return {
    maxMessageBytes: configs.has('max.message.bytes') ? number('max.message.bytes') : maxMessageBytes,
    segmentBytes: number('segment.bytes'),
    retentionMs: deletes ? number('retention.ms') : -1,
    retentionBytes: deletes ? number('retention.bytes') : -1,
  };
}
