import { outcomeOf } from '../../protocol/error-code.ts';
import { defineApi } from '../api.ts';

interface Result {
  readonly id: string;
  readonly code: number;
}

/** DeleteGroups: forgets groups without members, offsets included. */
export const deleteGroups = defineApi<readonly string[], readonly Result[]>({
  key: 42,
  name: 'DeleteGroups',
  minVersion: 0,
  maxVersion: 1,
  read: (reader) => reader.array(() => reader.string()),
  targets: (ids) => ids,
  serve: (ids, { broker }) => ids.map((id) => ({ id, code: outcomeOf(() => broker.groups.delete(id)).code })),
  refuse: (ids, code) => ids.map((id) => ({ id, code })),
  write(writer, results, { throttleMs }) {
    writer.int32(throttleMs).array(results, (_, { id, code }) => writer.string(id).int16(code));
  },
});
