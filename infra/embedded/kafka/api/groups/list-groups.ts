import type { Group } from '../../groups/group.ts';
import { ErrorCode } from '../../protocol/error-code.ts';
import { defineApi } from '../api.ts';

interface Response {
  readonly code: number;
  readonly groups: readonly Group[];
}

/** ListGroups: every group that has members or offsets. */
export const listGroups = defineApi<null, Response>({
  key: 16,
  name: 'ListGroups',
  minVersion: 0,
  maxVersion: 2,
  read: () => null,
  serve: (_, { broker }) => ({ code: ErrorCode.NONE, groups: broker.groups.all() }),
  refuse: (_, code) => ({ code, groups: [] }),
  write(writer, { code, groups }, { version, throttleMs }) {
    if (version >= 1) writer.int32(throttleMs);
    writer.int16(code).array(groups, (_, { id, protocolType }) => writer.string(id).string(protocolType));
  },
});
