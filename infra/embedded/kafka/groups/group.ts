import { randomUUID } from 'node:crypto';
import { ErrorCode } from '../protocol/error-code.ts';
import { ExpectedMembers } from './expected-members.ts';
import { type Applicant, type JoinAnswer, joinRefused, Member, nothingAssigned, type SyncAnswer } from './member.ts';
import { type GroupState, Rebalance } from './rebalance.ts';
import { Roster } from './roster.ts';

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

/** The members of a consumer group, and what each of them may ask, as in Kafka's classic protocol. */
export class Group {
  readonly id: string;
  readonly #members = new Roster();
  readonly #expected = new ExpectedMembers(() => this.#rebalance.completeJoinIfAllAreThere());
  readonly #rebalance: Rebalance;
  #type = '';

  /** `onGeneration` is called for each new generation before a member hears of it. */
  constructor(id: string, onGeneration: (group: GroupIdentity) => void) {
    this.id = id;
    this.#rebalance = new Rebalance({
      members: this.#members,
      isAwaited: () => this.#expected.size > 0,
      onGeneration: () => onGeneration(this.identity),
    });
  }

  /** Goes on from what an earlier process had come to, so that generations never go back. */
  restore({ generation, protocolType }: GroupIdentity): void {
    this.#rebalance.goOnFrom(generation);
    this.#type = protocolType;
  }

  get identity(): GroupIdentity {
    return { generation: this.#rebalance.generation, protocolType: this.#type };
  }

  get state(): GroupState {
    return this.#rebalance.phase;
  }

  get protocolType(): string {
    return this.#type;
  }

  /** The protocol that a stable group agreed on, else an empty string. */
  get agreedProtocol(): string {
    return this.state === 'Stable' ? this.#rebalance.protocol : '';
  }

  get all(): readonly Member[] {
    return this.#members.all;
  }

  join(applicant: Applicant): Promise<JoinAnswer> {
    const { memberId, instanceId } = applicant;
    if (!this.#members.isConsistent(applicant, this.#type))
      return refuse(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, memberId);
    if (memberId === '')
      return instanceId === null ? this.#joinAnew(applicant) : this.#joinStatic(applicant, instanceId);
    if (this.#expected.forget(memberId)) return this.#enter(this.#newMember(memberId, applicant));
    const member = this.#members.find(applicant);
    return typeof member === 'number' ? refuse(member, memberId) : this.#joinAgain(member, applicant);
  }

  sync(speaker: Speaker, assignments: ReadonlyMap<string, Buffer>): Promise<SyncAnswer> {
    const member = this.#current(speaker);
    if (typeof member === 'number') return Promise.resolve({ code: member, assignment: nothingAssigned });
    member.touch();
    if (this.state === 'PreparingRebalance') {
      return Promise.resolve({ code: ErrorCode.REBALANCE_IN_PROGRESS, assignment: nothingAssigned });
    }
    if (this.state === 'Stable') return Promise.resolve({ code: ErrorCode.NONE, assignment: member.assignment });
    const answer = member.waitForSync();
    if (member.id === this.#rebalance.leader) this.#rebalance.complete(assignments);
    return answer;
  }

  heartbeat(speaker: Speaker): number {
    const member = this.#current(speaker);
    if (typeof member === 'number') return member;
    member.touch();
    return this.state === 'PreparingRebalance' ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
  }

  /** Also without a member id, by the instance id alone: that is how an administrator removes a static member. */
  leave(memberId: string, instanceId: string | null): number {
    if (this.#expected.forget(memberId)) {
      this.#rebalance.completeJoinIfAllAreThere();
      return ErrorCode.NONE;
    }
    const byInstance = memberId === '' && instanceId !== null ? this.#members.byInstance(instanceId) : undefined;
    const member = byInstance ?? this.#members.find({ memberId, instanceId });
    if (typeof member === 'number') return member;
    this.#remove(member);
    return ErrorCode.NONE;
  }

  /** Whether the speaker may commit offsets now: an error code, or NONE. A group without members takes anyone's. */
  mayCommit(speaker: Speaker): number {
    if (speaker.generation < 0 && this.#members.size === 0) return ErrorCode.NONE;
    const member = this.#current(speaker);
    if (typeof member === 'number') return member;
    member.touch();
    return this.state === 'CompletingRebalance' ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
  }

  /** Answers everyone who waits, and stops all clocks. */
  close(): void {
    this.#rebalance.stopClock();
    this.#expected.clear();
    for (const member of this.all) member.dismiss(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    this.#members.clear();
  }

  #joinAnew(applicant: Applicant): Promise<JoinAnswer> {
    const memberId = `${applicant.clientId}-${randomUUID()}`;
    if (!applicant.acceptsMemberId) return this.#enter(this.#newMember(memberId, applicant));
    this.#expected.expect(memberId, applicant.sessionTimeoutMs);
    return refuse(ErrorCode.MEMBER_ID_REQUIRED, memberId);
  }

  /** A static member that comes back takes the place and the assignment of its former self. */
  #joinStatic(applicant: Applicant, instanceId: string): Promise<JoinAnswer> {
    const member = this.#newMember(`${instanceId}-${randomUUID()}`, applicant);
    const former = this.#members.byInstance(instanceId);
    if (former === undefined) return this.#enter(member);
    const formerLeader = this.#rebalance.leader;
    member.assignment = former.assignment;
    this.#members.remove(former);
    this.#members.add(member);
    this.#rebalance.succeed(former, member);
    former.dismiss(ErrorCode.FENCED_INSTANCE_ID);
    if (this.state !== 'Stable' || !former.offers(applicant.protocols)) return this.#enter(member);
    member.touch();
    // Under the name of its former self the leader is told to follow: nothing is to be assigned anew.
    return Promise.resolve({ ...this.#rebalance.welcome(member), leader: formerLeader, members: [] });
  }

  #joinAgain(member: Member, applicant: Applicant): Promise<JoinAnswer> {
    const unchanged = member.offers(applicant.protocols);
    const repeats =
      this.state === 'CompletingRebalance' || (this.state === 'Stable' && member.id !== this.#rebalance.leader);
    member.update(applicant);
    if (!unchanged || !repeats) return this.#enter(member);
    member.touch();
    return Promise.resolve(this.#rebalance.welcome(member));
  }

  #enter(member: Member): Promise<JoinAnswer> {
    this.#type = member.about.protocolType;
    this.#members.add(member);
    member.touch();
    const answer = member.waitForJoin();
    this.#rebalance.prepare();
    return answer;
  }

  #newMember(memberId: string, applicant: Applicant): Member {
    const member: Member = new Member(memberId, applicant, () => this.#remove(member));
    return member;
  }

  #remove(member: Member): void {
    this.#members.remove(member);
    member.dismiss(ErrorCode.UNKNOWN_MEMBER_ID);
    this.#rebalance.prepare();
  }

  /** The member that speaks, or why it may not. */
  #current(speaker: Speaker): Member | number {
    const member = this.#members.find(speaker);
    if (typeof member === 'number') return member;
    return speaker.generation === this.#rebalance.generation ? member : ErrorCode.ILLEGAL_GENERATION;
  }
}

function refuse(code: number, memberId: string): Promise<JoinAnswer> {
  return Promise.resolve(joinRefused(code, memberId));
}
