import { outcomeOf } from '../../protocol/error-code.ts';
import { defineApi } from '../api.ts';

interface Result {
  readonly topic: string;
  readonly code: number;
}

/** DeleteTopics: topics, their messages and what groups committed for them. */
export const deleteTopics = defineApi<readonly string[], readonly Result[]>({
  key: 20,
  name: 'DeleteTopics',
  minVersion: 1,
  maxVersion: 3,
  read(reader) {
    const names = reader.array(() => reader.string());
    reader.int32(); // time-out: it is done at once
    return names;
  },
  targets: (names) => names,
  serve: (names, { broker }) =>
    names.map((topic) => {
      const { code } = outcomeOf(() => {
        broker.topics.delete(broker.topics.require(topic));
        broker.groups.dropTopic(topic);
      });
      return { topic, code };
    }),
  refuse: (names, code) => names.map((topic) => ({ topic, code })),
  write(writer, results, { throttleMs }) {
    writer.int32(throttleMs).array(results, (_, { topic, code }) => writer.string(topic).int16(code));
  },
});
