import { nothingAssigned, type SyncAnswer } from '../../groups/member.ts';
import { ErrorCode } from '../../protocol/error-code.ts';
import { defineApi } from '../api.ts';
import { type GroupSpeaker, readSpeaker } from '../read-speaker.ts';

interface Request extends GroupSpeaker {
  readonly assignments: ReadonlyMap<string, Buffer>;
}

/** SyncGroup: the leader says who gets what, everyone learns it. */
export const syncGroup = defineApi<Request, SyncAnswer>({
  key: 14,
  name: 'SyncGroup',
  minVersion: 0,
  maxVersion: 3,
  read: (reader, version) => ({
    ...readSpeaker(reader, version),
    // Copied: they stay with the group, the buffer of the request does not.
    assignments: new Map(reader.array(() => [reader.string(), Buffer.from(reader.bytes())] as const)),
  }),
  targets: ({ groupId }) => [groupId],
  serve({ groupId, assignments, ...speaker }, { broker }) {
    const group = broker.groups.find(groupId);
    return group?.sync(speaker, assignments) ?? refused(ErrorCode.UNKNOWN_MEMBER_ID);
  },
  refuse: (_, code) => refused(code),
  write(writer, { code, assignment }, { version, throttleMs }) {
    if (version >= 1) writer.int32(throttleMs);
    writer.int16(code).bytes(assignment);
  },
});

function refused(code: number): SyncAnswer {
  return { code, assignment: nothingAssigned };
}
