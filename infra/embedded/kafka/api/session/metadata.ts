import { onlyBrokerId } from '../../broker.ts';
import { validateTopicName } from '../../log/topic-name.ts';
import { ErrorCode, outcomeOf } from '../../protocol/error-code.ts';
import { defineApi } from '../api.ts';

const clusterId = 'lagerhaus-embedded-01';

interface TopicMetadata {
  readonly code: number;
  readonly name: string;
  readonly partitionCount: number;
}

interface Response {
  readonly address: { readonly host: string; readonly port: number };
  readonly topics: readonly TopicMetadata[];
}

/**
 * Metadata: the broker and the topics asked for, or all of them. A topic is never created by asking for it, as with
 * Kafka's `auto.create.topics.enable=false`.
 */
export const metadata = defineApi<{ readonly topics: readonly string[] | null }, Response>({
  key: 3,
  name: 'Metadata',
  minVersion: 1,
  maxVersion: 6,
  read: (reader) => ({ topics: reader.nullableArray(() => reader.string()) }),
  targets: ({ topics }) => topics ?? [],
  serve({ topics }, { broker }) {
    const names = topics ?? broker.topics.all().map(({ name }) => name);
    return {
      address: broker.address,
      topics: names.map((name) => {
        const topic = broker.topics.get(name);
        if (topic !== undefined) return { code: ErrorCode.NONE, name, partitionCount: topic.partitions.length };
        const { code } = outcomeOf(() => validateTopicName(name));
        return { code: code || ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, name, partitionCount: 0 };
      }),
    };
  },
  refuse: ({ topics }, code) => ({
    address: { host: '', port: 0 },
    topics: (topics ?? []).map((name) => ({ code, name, partitionCount: 0 })),
  }),
  write(writer, { address, topics }, { version, throttleMs }) {
    if (version >= 3) writer.int32(throttleMs);
    writer.array([address], (_, { host, port }) => writer.int32(onlyBrokerId).string(host).int32(port).string(null));
    if (version >= 2) writer.string(clusterId);
    writer.int32(onlyBrokerId);
    writer.array(topics, (_, { code, name, partitionCount }) => {
      writer.int16(code).string(name).boolean(false);
      writer.array([...Array(partitionCount).keys()], (_, partition) => {
        writer.int16(ErrorCode.NONE).int32(partition).int32(onlyBrokerId);
        const replicas = () => writer.array([onlyBrokerId], (_, id) => writer.int32(id));
        replicas();
        replicas(); // in sync
        if (version >= 5) writer.int32(0); // offline replicas
      });
    });
  },
});
