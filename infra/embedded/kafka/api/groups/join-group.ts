import { type Applicant, type JoinAnswer, joinRefused } from '../../groups/member.ts';
import { ErrorCode } from '../../protocol/error-code.ts';
import { defineApi } from '../api.ts';

/** Kafka's default minimum is 6 s; a second lets the tests of a product see a dead consumer replaced. */
const minSessionMs = 1_000;
/** Kafka's `group.max.session.timeout.ms`. */
const maxSessionMs = 1_800_000;

interface Request extends Omit<Applicant, 'clientId' | 'host'> {
  readonly groupId: string;
}

/** JoinGroup: takes part in a group. The answer comes when everyone has joined. */
export const joinGroup = defineApi<Request, JoinAnswer>({
  key: 11,
  name: 'JoinGroup',
  minVersion: 0,
  maxVersion: 5,
  read(reader, version) {
    const groupId = reader.string();
    const sessionTimeoutMs = reader.int32();
    return {
      groupId,
      sessionTimeoutMs,
      rebalanceTimeoutMs: version >= 1 ? reader.int32() : sessionTimeoutMs,
      memberId: reader.string(),
      instanceId: version >= 5 ? reader.nullableString() : null,
      protocolType: reader.string(),
      // Copied: they stay with the group, the buffer of the request does not.
      protocols: reader.array(() => ({ name: reader.string(), metadata: Buffer.from(reader.bytes()) })),
      acceptsMemberId: version >= 4,
    };
  },
  targets: ({ groupId }) => [groupId],
  serve({ groupId, ...request }, { broker, clientId, session }) {
    const { memberId, sessionTimeoutMs } = request;
    if (!broker.profile.groupName.test(groupId)) return joinRefused(ErrorCode.INVALID_GROUP_ID, memberId);
    if (sessionTimeoutMs < minSessionMs || sessionTimeoutMs > maxSessionMs) {
      return joinRefused(ErrorCode.INVALID_SESSION_TIMEOUT, memberId);
    }
    const group = memberId === '' ? broker.groups.ensure(groupId) : broker.groups.find(groupId);
    if (group === undefined) return joinRefused(ErrorCode.UNKNOWN_MEMBER_ID, memberId);
    return group.join({ ...request, clientId, host: `/${session.remoteAddress}` });
  },
  refuse: ({ memberId }, code) => joinRefused(code, memberId),
  write(writer, { code, generation, protocol, leader, memberId, members }, { version, throttleMs }) {
    if (version >= 2) writer.int32(throttleMs);
    writer.int16(code).int32(generation).string(protocol).string(leader).string(memberId);
    writer.array(members, (_, { id, instanceId, metadata }) => {
      writer.string(id);
      if (version >= 5) writer.string(instanceId);
      writer.bytes(metadata);
    });
  },
});
