import type { Speaker } from '../groups/group.ts';
import { ErrorCode } from '../protocol/error-code.ts';
import { defineApi } from './api.ts';

interface Request extends Speaker {
  readonly groupId: string;
}

/** Heartbeat: a member lives, and learns whether it must join again. */
export const heartbeat = defineApi<Request, number>({
  key: 12,
  name: 'Heartbeat',
  minVersion: 0,
  maxVersion: 3,
  read: (reader, version) => ({
    groupId: reader.string(),
    generation: reader.int32(),
    memberId: reader.string(),
    instanceId: version >= 3 ? reader.nullableString() : null,
  }),
  targets: ({ groupId }) => [groupId],
  serve: ({ groupId, ...speaker }, { broker }) =>
    broker.groups.find(groupId)?.heartbeat(speaker) ?? ErrorCode.UNKNOWN_MEMBER_ID,
  refuse: (_, code) => code,
  write(writer, code, { version, throttleMs }) {
    if (version >= 1) writer.int32(throttleMs);
    writer.int16(code);
  },
});
