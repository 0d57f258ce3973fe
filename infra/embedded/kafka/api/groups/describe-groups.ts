import type { Group } from '../../groups/group.ts';
import { nothingAssigned } from '../../groups/member.ts';
import { ErrorCode } from '../../protocol/error-code.ts';
import { defineApi } from '../api.ts';

/** What Kafka answers instead of the operations that the client may do, when it was not asked for them. */
const notAsked = -2_147_483_648;

interface Description {
  readonly code: number;
  readonly id: string;
  readonly group: Group | undefined;
}

/** DescribeGroups: state and members. A group that does not exist is described as Dead. */
export const describeGroups = defineApi<readonly string[], readonly Description[]>({
  key: 15,
  name: 'DescribeGroups',
  minVersion: 0,
  maxVersion: 4,
  read: (reader) => reader.array(() => reader.string()),
  targets: (ids) => ids,
  serve: (ids, { broker }) => ids.map((id) => ({ code: ErrorCode.NONE, id, group: broker.groups.find(id) })),
  refuse: (ids, code) => ids.map((id) => ({ code, id, group: undefined })),
  write(writer, descriptions, { version, throttleMs }) {
    if (version >= 1) writer.int32(throttleMs);
    writer.array(descriptions, (_, { code, id, group }) => {
      const isStable = group?.state === 'Stable';
      const protocol = group?.agreedProtocol ?? '';
      writer.int16(code).string(id);
      writer
        .string(group?.state ?? 'Dead')
        .string(group?.protocolType ?? '')
        .string(protocol);
      writer.array(group?.all ?? [], (_, member) => {
        writer.string(member.id);
        if (version >= 4) writer.string(member.about.instanceId);
        writer.string(member.about.clientId).string(member.about.host);
        writer.bytes(isStable ? member.metadataFor(protocol) : nothingAssigned);
        writer.bytes(isStable ? member.assignment : nothingAssigned);
      });
      if (version >= 3) writer.int32(notAsked);
    });
  },
});
