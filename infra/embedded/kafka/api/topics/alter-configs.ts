import { validateTopicConfigs } from '../../log/topic-configs.ts';
import { ErrorCode, KafkaError, type Outcome, outcomeOf } from '../../protocol/error-code.ts';
import { type Call, defineApi } from '../api.ts';
import { type ConfigResource, kindOf, readConfigs, topicsAmong } from './config-resource.ts';

interface Change extends ConfigResource {
  readonly configs: ReadonlyMap<string, string>;
}

interface Request {
  readonly resources: readonly Change[];
  readonly validateOnly: boolean;
}

type Result = Outcome & ConfigResource;

/** AlterConfigs: replaces all configurations of a topic. What is not named goes back to its default, as in Kafka. */
export const alterConfigs = defineApi<Request, readonly Result[]>({
  key: 33,
  name: 'AlterConfigs',
  minVersion: 0,
  maxVersion: 1,
  read(reader) {
    const resources = reader.array(() => ({
      type: reader.int8(),
      name: reader.string(),
      configs: readConfigs(reader),
    }));
    return { resources, validateOnly: reader.boolean() };
  },
  targets: ({ resources }) => topicsAmong(resources),
  serve: ({ resources, validateOnly }, call) =>
    resources.map((change) => ({ ...change, ...outcomeOf(() => alter(change, validateOnly, call)) })),
  refuse: ({ resources }, code) => resources.map((change) => ({ ...change, code, message: null })),
  write(writer, results, { throttleMs }) {
    writer.int32(throttleMs).array(results, (_, { code, message, type, name }) => {
      writer.int16(code).string(message).int8(type).string(name);
    });
  },
});

function alter(change: Change, validateOnly: boolean, { broker }: Call): void {
  if (kindOf(change) === 'broker') {
    throw new KafkaError(ErrorCode.INVALID_REQUEST, 'Dynamic configurations of the broker are not supported');
  }
  const topic = broker.topics.require(change.name);
  validateTopicConfigs(change.configs);
  if (!validateOnly) broker.topics.configure(topic, change.configs);
}
