import { ErrorCode } from '../../protocol/error-code.ts';
import { defineApi } from '../api.ts';
import { type GroupSpeaker, readSpeaker } from '../read-speaker.ts';

/** Heartbeat: a member lives, and learns whether it must join again. */
export const heartbeat = defineApi<GroupSpeaker, number>({
  key: 12,
  name: 'Heartbeat',
  minVersion: 0,
  maxVersion: 3,
  read: readSpeaker,
  targets: ({ groupId }) => [groupId],
  serve: ({ groupId, ...speaker }, { broker }) =>
    broker.groups.find(groupId)?.heartbeat(speaker) ?? ErrorCode.UNKNOWN_MEMBER_ID,
  refuse: (_, code) => code,
  write(writer, code, { version, throttleMs }) {
    if (version >= 1) writer.int32(throttleMs);
    writer.int16(code);
  },
});
