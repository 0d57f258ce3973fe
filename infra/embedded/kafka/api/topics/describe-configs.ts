import { topicConfigDefaults } from '../../log/topic-configs.ts';
import { type Outcome, outcomeOf } from '../../protocol/error-code.ts';
import type { Writer } from '../../protocol/writer.ts';
import { type Call, defineApi } from '../api.ts';
import { type ConfigResource, kindOf, topicsAmong } from './config-resource.ts';

/** Where a value comes from (org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource). */
const setOnTopic = 1;
const setOnBroker = 4;
const defaultValue = 5;

interface Question extends ConfigResource {
  /** Null for all. */
  readonly names: readonly string[] | null;
}

interface Entry {
  readonly name: string;
  readonly value: string;
  readonly readOnly: boolean;
  readonly source: number;
}

interface Description extends Outcome, ConfigResource {
  readonly entries: readonly Entry[];
}

/** DescribeConfigs: the configurations of a topic, or the few of the broker that a client may ask for. */
export const describeConfigs = defineApi<readonly Question[], readonly Description[]>({
  key: 32,
  name: 'DescribeConfigs',
  minVersion: 0,
  maxVersion: 2,
  read: (reader) =>
    reader.array(() => ({
      type: reader.int8(),
      name: reader.string(),
      names: reader.nullableArray(() => reader.string()),
    })),
  targets: topicsAmong,
  serve: (questions, call) => questions.map((question) => describe(question, call)),
  refuse: (questions, code) => questions.map((question) => ({ ...question, code, message: null, entries: [] })),
  write(writer, descriptions, { version, throttleMs }) {
    writer.int32(throttleMs).array(descriptions, (_, { code, message, type, name, entries }) => {
      writer.int16(code).string(message).int8(type).string(name);
      writer.array(entries, (_, entry) => writeEntry(writer, entry, version));
    });
  },
});

function describe(question: Question, call: Call): Description {
  let entries: readonly Entry[] = [];
  const outcome = outcomeOf(() => {
    const all = kindOf(question) === 'topic' ? entriesOfTopic(question.name, call) : entriesOfBroker(call);
    // kafkajs sends an empty list for "all".
    const wanted = question.names?.length ? question.names : null;
    entries = all.filter(({ name }) => wanted === null || wanted.includes(name));
  });
  return { ...question, ...outcome, entries };
}

function entriesOfTopic(name: string, { broker }: Call): Entry[] {
  const { configs, limits } = broker.topics.require(name);
  const defaults = new Map([...topicConfigDefaults, ['max.message.bytes', String(limits.maxMessageBytes)] as const]);
  return [...defaults].map(([config, value]) => {
    const set = configs.get(config);
    return {
      name: config,
      value: set ?? value,
      readOnly: false,
      source: set === undefined ? defaultValue : setOnTopic,
    };
  });
}

function entriesOfBroker({ broker }: Call): Entry[] {
  const values = {
    'auto.create.topics.enable': 'false',
    'default.replication.factor': '1',
    'message.max.bytes': String(broker.profile.maxMessageBytes),
    'num.partitions': '1',
  };
  return Object.entries(values).map(([name, value]) => ({ name, value, readOnly: true, source: setOnBroker }));
}

function writeEntry(writer: Writer, { name, value, readOnly, source }: Entry, version: number): void {
  writer.string(name).string(value).boolean(readOnly);
  if (version >= 1) writer.int8(source);
  else writer.boolean(source === defaultValue);
  writer.boolean(false); // sensitive
  if (version >= 1) writer.int32(0); // synonyms
}
