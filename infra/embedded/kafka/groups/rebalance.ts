import { ErrorCode } from '../protocol/error-code.ts';
import { type JoinAnswer, type Member, nothingAssigned } from './member.ts';
import type { Roster } from './roster.ts';

export type GroupState = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable';

interface Surroundings {
  readonly members: Roster;
  /** Whether somebody who was told to join is still to come. */
  readonly isAwaited: () => boolean;
  /** Called for each new generation before a member hears of it. */
  readonly onGeneration: () => void;
}

/**
 * How a group comes from one generation to the next: Empty -> PreparingRebalance (members join) -> CompletingRebalance (the leader
 * assigns) -> Stable -> and around.
 */
export class Rebalance {
  readonly #members: Roster;
  readonly #isAwaited: () => boolean;
  readonly #onGeneration: () => void;
  #phase: GroupState = 'Empty';
  #generation = 0;
  #protocol = '';
  #leader = '';
  #deadline: NodeJS.Timeout | undefined;

  constructor({ members, isAwaited, onGeneration }: Surroundings) {
    this.#members = members;
    this.#isAwaited = isAwaited;
    this.#onGeneration = onGeneration;
  }

  get phase(): GroupState {
    return this.#phase;
  }

  get generation(): number {
    return this.#generation;
  }

  /** What an earlier process had come to, so that generations never go back. */
  goOnFrom(generation: number): void {
    this.#generation = generation;
  }

  /** The protocol that all members of the generation have in common. */
  get protocol(): string {
    return this.#protocol;
  }

  /** The member that assigns. */
  get leader(): string {
    return this.#leader;
  }

  /** A member that takes the place of its former self leads where that did. */
  succeed(former: Member, member: Member): void {
    if (this.#leader === former.id) this.#leader = member.id;
  }

  /** All members are to join once more; those that do not within their time are left out. */
  prepare(): void {
    if (this.#phase !== 'PreparingRebalance') {
      this.#phase = 'PreparingRebalance';
      for (const member of this.#members.all) {
        member.finishSync({ code: ErrorCode.REBALANCE_IN_PROGRESS, assignment: nothingAssigned });
      }
      const longestTimeoutMs = Math.max(0, ...this.#members.all.map((member) => member.about.rebalanceTimeoutMs));
      this.#deadline = setTimeout(() => this.#completeJoin(), longestTimeoutMs).unref();
    }
    this.completeJoinIfAllAreThere();
  }

  completeJoinIfAllAreThere(): void {
    if (this.#phase !== 'PreparingRebalance' || this.#isAwaited()) return;
    if (this.#members.all.every((member) => member.isJoining)) this.#completeJoin();
  }

  /** The leader has assigned: everyone is told what is theirs. */
  complete(assignments: ReadonlyMap<string, Buffer>): void {
    this.#phase = 'Stable';
    for (const member of this.#members.all) {
      member.assignment = assignments.get(member.id) ?? nothingAssigned;
      member.touch();
      member.finishSync({ code: ErrorCode.NONE, assignment: member.assignment });
    }
  }

  /** What a member is told that has joined the generation. */
  welcome(member: Member): JoinAnswer {
    const isLeader = member.id === this.#leader;
    const roster = this.#members.all.map((each) => ({
      id: each.id,
      instanceId: each.about.instanceId,
      metadata: each.metadataFor(this.#protocol),
    }));
    return {
      code: ErrorCode.NONE,
      generation: this.#generation,
      protocol: this.#protocol,
      leader: this.#leader,
      memberId: member.id,
      members: isLeader ? roster : [],
    };
  }

  stopClock(): void {
    clearTimeout(this.#deadline);
  }

  #completeJoin(): void {
    this.stopClock();
    for (const member of this.#members.all.filter((each) => !each.isJoining)) {
      this.#members.remove(member);
      member.dismiss(ErrorCode.UNKNOWN_MEMBER_ID);
    }
    this.#generation += 1;
    this.#onGeneration();
    const [first] = this.#members.all;
    this.#phase = first === undefined ? 'Empty' : 'CompletingRebalance';
    this.#protocol = first === undefined ? '' : this.#members.commonProtocol(first.about.protocols);
    if (!this.#members.has(this.#leader)) this.#leader = first?.id ?? '';
    for (const member of this.#members.all) {
      member.assignment = nothingAssigned;
      member.touch();
      member.finishJoin(this.welcome(member));
    }
  }
}
