import { ErrorCode } from '../../protocol/error-code.ts';
import { defineApi } from '../api.ts';

interface Leaver {
  readonly memberId: string;
  readonly instanceId: string | null;
}

interface Request {
  readonly groupId: string;
  readonly members: readonly Leaver[];
}

interface Response {
  readonly code: number;
  readonly members: readonly (Leaver & { readonly code: number })[];
}

/** LeaveGroup: one member goes, or from version 3 several. */
export const leaveGroup = defineApi<Request, Response>({
  key: 13,
  name: 'LeaveGroup',
  minVersion: 0,
  maxVersion: 3,
  read(reader, version) {
    const groupId = reader.string();
    if (version < 3) return { groupId, members: [{ memberId: reader.string(), instanceId: null }] };
    const members = reader.array(() => ({ memberId: reader.string(), instanceId: reader.nullableString() }));
    return { groupId, members };
  },
  targets: ({ groupId }) => [groupId],
  serve({ groupId, members }, { broker }) {
    const group = broker.groups.find(groupId);
    const left = members.map((member) => ({
      ...member,
      code: group?.leave(member.memberId, member.instanceId) ?? ErrorCode.UNKNOWN_MEMBER_ID,
    }));
    return { code: ErrorCode.NONE, members: left };
  },
  refuse: ({ members }, code) => ({ code, members: members.map((member) => ({ ...member, code })) }),
  write(writer, { code, members }, { version, throttleMs }) {
    if (version >= 1) writer.int32(throttleMs);
    if (version < 3) {
      writer.int16(members[0]?.code ?? code);
      return;
    }
    writer.int16(code).array(members, (_, member) => {
      writer.string(member.memberId).string(member.instanceId).int16(member.code);
    });
  },
});
