import { randomUUID } from 'node:crypto';
import { ErrorCode } from '../protocol/error-code.ts';
import {
  type Applicant,
  type JoinAnswer,
  joinRefused,
  Member,
  NOTHING_ASSIGNED,
  type Protocol,
  type SyncAnswer,
} from './member.ts';

export type GroupState = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable';

/** Who speaks, as a request of a member says it. */
export interface Speaker {
  readonly memberId: string;
  readonly instanceId: string | null;
  readonly generation: number;
}

/** What of a group outlives the process. */
export interface GroupIdentity {
  readonly generation: number;
  readonly protocolType: string;
}

/**
 * The members of a consumer group and their rebalances, as in Kafka's classic protocol:
 * Empty -> PreparingRebalance (members join) -> CompletingRebalance (the leader assigns) -> Stable -> and around.
 */
export class Group {
  readonly id: string;
  private readonly onGeneration: (group: GroupIdentity) => void;
  private readonly members = new Map<string, Member>();
  /** Ids given to clients that were asked to come back with them. */
  private readonly expected = new Map<string, NodeJS.Timeout>();
  private phase: GroupState = 'Empty';
  private type = '';
  private generation = 0;
  private protocol = '';
  private leader = '';
  private deadline: NodeJS.Timeout | undefined;

  /** `onGeneration` is called for each new generation before a member hears of it. */
  constructor(id: string, onGeneration: (group: GroupIdentity) => void) {
    this.id = id;
    this.onGeneration = onGeneration;
  }

  /** Goes on from what an earlier process had come to, so that generations never go back. */
  restore({ generation, protocolType }: GroupIdentity): void {
    this.generation = generation;
    this.type = protocolType;
  }

  get identity(): GroupIdentity {
    return { generation: this.generation, protocolType: this.type };
  }

  get state(): GroupState {
    return this.phase;
  }

  get protocolType(): string {
    return this.type;
  }

  /** The protocol that a stable group agreed on, else an empty string. */
  get agreedProtocol(): string {
    return this.phase === 'Stable' ? this.protocol : '';
  }

  get all(): readonly Member[] {
    return [...this.members.values()];
  }

  join(applicant: Applicant): Promise<JoinAnswer> {
    const { memberId, instanceId } = applicant;
    if (!this.isConsistent(applicant)) return refuse(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, memberId);
    if (memberId === '') return instanceId === null ? this.joinAnew(applicant) : this.joinStatic(applicant, instanceId);
    if (this.expected.has(memberId)) {
      this.forgetExpected(memberId);
      return this.enter(this.newMember(memberId, applicant));
    }
    const member = this.find({ memberId, instanceId });
    return typeof member === 'number' ? refuse(member, memberId) : this.joinAgain(member, applicant);
  }

  sync(speaker: Speaker, assignments: ReadonlyMap<string, Buffer>): Promise<SyncAnswer> {
    const member = this.current(speaker);
    if (typeof member === 'number') return Promise.resolve({ code: member, assignment: NOTHING_ASSIGNED });
    member.touch();
    if (this.phase === 'PreparingRebalance') {
      return Promise.resolve({ code: ErrorCode.REBALANCE_IN_PROGRESS, assignment: NOTHING_ASSIGNED });
    }
    if (this.phase === 'Stable') return Promise.resolve({ code: ErrorCode.NONE, assignment: member.assignment });
    const answer = member.waitForSync();
    if (member.id === this.leader) this.becomeStable(assignments);
    return answer;
  }

  heartbeat(speaker: Speaker): number {
    const member = this.current(speaker);
    if (typeof member === 'number') return member;
    member.touch();
    return this.phase === 'PreparingRebalance' ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
  }

  /** Also without a member id, by the instance id alone: that is how an administrator removes a static member. */
  leave(memberId: string, instanceId: string | null): number {
    if (this.expected.has(memberId)) {
      this.forgetExpected(memberId);
      this.tryCompleteJoin();
      return ErrorCode.NONE;
    }
    const byInstance = memberId === '' && instanceId !== null ? this.byInstance(instanceId) : undefined;
    const member = byInstance ?? this.find({ memberId, instanceId });
    if (typeof member === 'number') return member;
    this.remove(member);
    return ErrorCode.NONE;
  }

  /** Whether the speaker may commit offsets now: an error code, or NONE. A group without members takes anyone's. */
  mayCommit(speaker: Speaker): number {
    if (speaker.generation < 0 && this.members.size === 0) return ErrorCode.NONE;
    const member = this.current(speaker);
    if (typeof member === 'number') return member;
    member.touch();
    return this.phase === 'CompletingRebalance' ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
  }

  /** Answers everyone who waits, and stops all clocks. */
  close(): void {
    clearTimeout(this.deadline);
    for (const memberId of this.expected.keys()) this.forgetExpected(memberId);
    for (const member of this.members.values()) member.dismiss(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    this.members.clear();
  }

  private joinAnew(applicant: Applicant): Promise<JoinAnswer> {
    const memberId = `${applicant.clientId}-${randomUUID()}`;
    if (!applicant.acceptsMemberId) return this.enter(this.newMember(memberId, applicant));
    const giveUp = () => {
      this.expected.delete(memberId);
      this.tryCompleteJoin();
    };
    this.expected.set(memberId, setTimeout(giveUp, applicant.sessionTimeoutMs).unref());
    return refuse(ErrorCode.MEMBER_ID_REQUIRED, memberId);
  }

  /** A static member that comes back takes the place and the assignment of its former self. */
  private joinStatic(applicant: Applicant, instanceId: string): Promise<JoinAnswer> {
    const member = this.newMember(`${instanceId}-${randomUUID()}`, applicant);
    const former = this.byInstance(instanceId);
    if (former === undefined) return this.enter(member);
    const formerLeader = this.leader;
    member.assignment = former.assignment;
    this.members.delete(former.id);
    this.members.set(member.id, member);
    if (formerLeader === former.id) this.leader = member.id;
    former.dismiss(ErrorCode.FENCED_INSTANCE_ID);
    if (this.phase !== 'Stable' || !former.offers(applicant.protocols)) return this.enter(member);
    member.touch();
    // Under the name of its former self the leader is told to follow: nothing is to be assigned anew.
    return Promise.resolve({ ...this.welcome(member), leader: formerLeader, members: [] });
  }

  private joinAgain(member: Member, applicant: Applicant): Promise<JoinAnswer> {
    const unchanged = member.offers(applicant.protocols);
    const repeats = this.phase === 'CompletingRebalance' || (this.phase === 'Stable' && member.id !== this.leader);
    member.update(applicant);
    if (!unchanged || !repeats) return this.enter(member);
    member.touch();
    return Promise.resolve(this.welcome(member));
  }

  private enter(member: Member): Promise<JoinAnswer> {
    this.type = member.about.protocolType;
    this.members.set(member.id, member);
    member.touch();
    const answer = member.waitForJoin();
    this.prepareRebalance();
    return answer;
  }

  private newMember(memberId: string, applicant: Applicant): Member {
    const member: Member = new Member(memberId, applicant, () => this.remove(member));
    return member;
  }

  private remove(member: Member): void {
    this.members.delete(member.id);
    member.dismiss(ErrorCode.UNKNOWN_MEMBER_ID);
    this.prepareRebalance();
  }

  private prepareRebalance(): void {
    if (this.phase !== 'PreparingRebalance') {
      this.phase = 'PreparingRebalance';
      for (const member of this.members.values()) {
        member.finishSync({ code: ErrorCode.REBALANCE_IN_PROGRESS, assignment: NOTHING_ASSIGNED });
      }
      const patience = Math.max(0, ...this.all.map((member) => member.about.rebalanceTimeoutMs));
      this.deadline = setTimeout(() => this.completeJoin(), patience).unref();
    }
    this.tryCompleteJoin();
  }

  private tryCompleteJoin(): void {
    if (this.phase !== 'PreparingRebalance' || this.expected.size > 0) return;
    if (this.all.every((member) => member.isJoining)) this.completeJoin();
  }

  private completeJoin(): void {
    clearTimeout(this.deadline);
    for (const member of this.all.filter((each) => !each.isJoining)) {
      this.members.delete(member.id);
      member.dismiss(ErrorCode.UNKNOWN_MEMBER_ID);
    }
    this.generation += 1;
    this.onGeneration(this.identity);
    const [first] = this.all;
    this.phase = first === undefined ? 'Empty' : 'CompletingRebalance';
    this.protocol = first === undefined ? '' : this.commonProtocol(first.about.protocols);
    if (!this.members.has(this.leader)) this.leader = first?.id ?? '';
    for (const member of this.members.values()) {
      member.assignment = NOTHING_ASSIGNED;
      member.touch();
      member.finishJoin(this.welcome(member));
    }
  }

  private becomeStable(assignments: ReadonlyMap<string, Buffer>): void {
    this.phase = 'Stable';
    for (const member of this.members.values()) {
      member.assignment = assignments.get(member.id) ?? NOTHING_ASSIGNED;
      member.touch();
      member.finishSync({ code: ErrorCode.NONE, assignment: member.assignment });
    }
  }

  private welcome(member: Member): JoinAnswer {
    const isLeader = member.id === this.leader;
    const roster = this.all.map((each) => ({
      id: each.id,
      instanceId: each.about.instanceId,
      metadata: each.metadataFor(this.protocol),
    }));
    return {
      code: ErrorCode.NONE,
      generation: this.generation,
      protocol: this.protocol,
      leader: this.leader,
      memberId: member.id,
      members: isLeader ? roster : [],
    };
  }

  private isConsistent({ memberId, instanceId, protocolType, protocols }: Applicant): boolean {
    if (protocolType === '' || protocols.length === 0) return false;
    const others = this.all.filter(
      (m) => m.id !== memberId && (instanceId === null || m.about.instanceId !== instanceId),
    );
    if (others.length === 0) return true;
    return protocolType === this.type && protocols.some(({ name }) => others.every((other) => speaks(other, name)));
  }

  private commonProtocol(preferred: readonly Protocol[]): string {
    return preferred.find(({ name }) => this.all.every((member) => speaks(member, name)))?.name ?? '';
  }

  /** The member that speaks, or why it may not. */
  private current(speaker: Speaker): Member | number {
    const member = this.find(speaker);
    if (typeof member === 'number') return member;
    return speaker.generation === this.generation ? member : ErrorCode.ILLEGAL_GENERATION;
  }

  private find({ memberId, instanceId }: Omit<Speaker, 'generation'>): Member | number {
    const holder = instanceId === null ? undefined : this.byInstance(instanceId);
    if (holder !== undefined && holder.id !== memberId) return ErrorCode.FENCED_INSTANCE_ID;
    return this.members.get(memberId) ?? ErrorCode.UNKNOWN_MEMBER_ID;
  }

  private byInstance(instanceId: string): Member | undefined {
    return this.all.find((member) => member.about.instanceId === instanceId);
  }

  private forgetExpected(memberId: string): void {
    clearTimeout(this.expected.get(memberId));
    this.expected.delete(memberId);
  }
}

function speaks(member: Member, protocol: string): boolean {
  return member.about.protocols.some(({ name }) => name === protocol);
}

function refuse(code: number, memberId: string): Promise<JoinAnswer> {
  return Promise.resolve(joinRefused(code, memberId));
}
