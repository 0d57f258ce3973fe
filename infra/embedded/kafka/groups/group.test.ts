import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ErrorCode } from '../protocol/error-code.ts';
import { Group, type GroupIdentity } from './group.ts';
import type { Applicant, JoinAnswer } from './member.ts';

const sessionMs = 10_000;
const rebalanceMs = 60_000;

let generations: GroupIdentity[];
let group: Group;

beforeEach(() => {
  vi.useFakeTimers();
  generations = [];
  group = new Group('g', (identity) => generations.push(identity));
});

afterEach(() => {
  group.close();
  vi.useRealTimers();
});

function applicant(changes: Partial<Applicant> = {}): Applicant {
  return {
    memberId: '',
    instanceId: null,
    clientId: 'client',
    host: '/127.0.0.1',
    sessionTimeoutMs: sessionMs,
    rebalanceTimeoutMs: rebalanceMs,
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: Buffer.from('topics') }],
    acceptsMemberId: false,
    ...changes,
  };
}

const speaker = ({ memberId, generation }: JoinAnswer, instanceId: string | null = null) => ({
  memberId,
  generation,
  instanceId,
});

/** A group of one, with its assignment. */
async function stableWithOne(changes: Partial<Applicant> = {}): Promise<JoinAnswer> {
  const joined = await group.join(applicant(changes));
  await group.sync(speaker(joined, changes.instanceId), new Map([[joined.memberId, Buffer.from('all')]]));
  return joined;
}

const isSettled = async (promise: Promise<unknown>) => {
  const open = Symbol('open');
  return (await Promise.race([promise, Promise.resolve(open)])) !== open;
};

describe('joining a consumer group', () => {
  it('a client that can retry its join is given a member id first', async () => {
    const named = await group.join(applicant({ acceptsMemberId: true }));
    expect(named).toMatchObject({ code: ErrorCode.MEMBER_ID_REQUIRED, memberId: expect.stringMatching(/^client-/) });
    const joined = await group.join(applicant({ acceptsMemberId: true, memberId: named.memberId }));
    expect(joined).toMatchObject({ code: 0, generation: 1, leader: named.memberId, memberId: named.memberId });
  });

  it('a join waits for all members of the old generation and tells the leader who the members are', async () => {
    const first = await stableWithOne();
    const second = group.join(applicant());
    expect(await isSettled(second)).toBe(false);
    expect(group.heartbeat(speaker(first))).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
    const again = await group.join(applicant({ memberId: first.memberId }));
    expect(again).toMatchObject({ generation: 2, leader: first.memberId });
    expect(again.members.map(({ id }) => id)).toEqual([first.memberId, (await second).memberId]);
    expect((await second).members).toEqual([]);
  });

  it('a join completes without members that do not return within the rebalance timeout', async () => {
    const first = await stableWithOne({ sessionTimeoutMs: rebalanceMs * 2 });
    const second = group.join(applicant());
    await vi.advanceTimersByTimeAsync(rebalanceMs);
    expect(await second).toMatchObject({ generation: 2, leader: (await second).memberId });
    expect(group.heartbeat(speaker(first))).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  });

  it.each([
    ['another protocol type', { protocolType: 'connect' }],
    ['no protocol in common', { protocols: [{ name: 'sticky', metadata: Buffer.alloc(0) }] }],
    ['no protocol at all', { protocols: [] }],
  ])('a join with %s is refused', async (_, changes) => {
    await stableWithOne();
    expect(await group.join(applicant(changes))).toMatchObject({ code: ErrorCode.INCONSISTENT_GROUP_PROTOCOL });
  });

  it('a join with an unknown member id is refused', async () => {
    expect(await group.join(applicant({ memberId: 'stranger' }))).toMatchObject({ code: ErrorCode.UNKNOWN_MEMBER_ID });
  });

  it('a join chooses a protocol that all members support', async () => {
    const protocols = (...names: string[]) => names.map((name) => ({ name, metadata: Buffer.from(name) }));
    const first = await stableWithOne({ protocols: protocols('sticky', 'range') });
    const second = group.join(applicant({ protocols: protocols('range') }));
    const again = group.join(applicant({ memberId: first.memberId, protocols: protocols('sticky', 'range') }));
    expect([(await again).protocol, (await second).protocol]).toEqual(['range', 'range']);
  });
});

describe('a member of a consumer group', () => {
  it('a member gets its assignment once the leader has sent it', async () => {
    const first = await stableWithOne();
    const joining = group.join(applicant());
    const leader = await group.join(applicant({ memberId: first.memberId }));
    const follower = await joining;
    const waiting = group.sync(speaker(follower), new Map());
    expect(await isSettled(waiting)).toBe(false);
    const plan = new Map([
      [leader.memberId, Buffer.from('one')],
      [follower.memberId, Buffer.from('two')],
    ]);
    expect(await group.sync(speaker(leader), plan)).toEqual({ code: 0, assignment: Buffer.from('one') });
    expect(await waiting).toEqual({ code: 0, assignment: Buffer.from('two') });
  });

  it('a member is removed after its session timeout without a heartbeat', async () => {
    const joined = await stableWithOne();
    await vi.advanceTimersByTimeAsync(sessionMs - 1);
    expect(group.heartbeat(speaker(joined))).toBe(ErrorCode.NONE);
    await vi.advanceTimersByTimeAsync(sessionMs - 1);
    expect(group.state).toBe('Stable');
    await vi.advanceTimersByTimeAsync(1);
    expect(group.state).toBe('Empty');
    expect(group.heartbeat(speaker(joined))).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  });

  it('a member of an older generation can neither commit nor sync', async () => {
    const joined = await stableWithOne();
    const old = { ...speaker(joined), generation: joined.generation - 1 };
    expect(group.mayCommit(old)).toBe(ErrorCode.ILLEGAL_GENERATION);
    expect(await group.sync(old, new Map())).toMatchObject({ code: ErrorCode.ILLEGAL_GENERATION });
    expect(group.mayCommit(speaker(joined))).toBe(ErrorCode.NONE);
  });

  it('a member cannot commit between its join and its assignment', async () => {
    const joined = await group.join(applicant());
    expect(group.mayCommit(speaker(joined))).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
  });

  it('a member that leaves makes the others rejoin', async () => {
    const first = await stableWithOne();
    const joining = group.join(applicant());
    const leader = await group.join(applicant({ memberId: first.memberId }));
    const follower = await joining;
    expect(group.leave(follower.memberId, null)).toBe(ErrorCode.NONE);
    expect(group.heartbeat(speaker(leader))).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
    expect(group.leave(follower.memberId, null)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  });
});

describe('a static member', () => {
  it('a static member returns to its assignment without a rebalance, and its former self is fenced', async () => {
    const former = await stableWithOne({ instanceId: 'i' });
    const back = await group.join(applicant({ instanceId: 'i' }));
    expect(back).toMatchObject({ code: 0, generation: former.generation, leader: former.memberId });
    expect(await group.sync(speaker(back, 'i'), new Map())).toEqual({ code: 0, assignment: Buffer.from('all') });
    expect(group.heartbeat(speaker(former, 'i'))).toBe(ErrorCode.FENCED_INSTANCE_ID);
  });
});

describe('the generations of a consumer group', () => {
  it('a generation is stored before a member learns of it, and the next one after a restart is higher', async () => {
    group.restore({ generation: 7, protocolType: 'consumer' });
    const joined = await group.join(applicant());
    expect(joined.generation).toBe(8);
    expect(generations).toEqual([{ generation: 8, protocolType: 'consumer' }]);
  });
});
