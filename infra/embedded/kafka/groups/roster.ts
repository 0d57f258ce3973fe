import { ErrorCode } from '../protocol/error-code.ts';
import type { Applicant, Member, Protocol } from './member.ts';

/** The members of a group, in the order in which they came. */
export class Roster {
  readonly #byId = new Map<string, Member>();

  get all(): readonly Member[] {
    return [...this.#byId.values()];
  }

  get size(): number {
    return this.#byId.size;
  }

  has(memberId: string): boolean {
    return this.#byId.has(memberId);
  }

  add(member: Member): void {
    this.#byId.set(member.id, member);
  }

  remove(member: Member): void {
    this.#byId.delete(member.id);
  }

  clear(): void {
    this.#byId.clear();
  }

  /** The member that a request is of, or the error code that says why it is of none. */
  find({ memberId, instanceId }: Pick<Applicant, 'memberId' | 'instanceId'>): Member | number {
    const holder = instanceId === null ? undefined : this.byInstance(instanceId);
    if (holder !== undefined && holder.id !== memberId) return ErrorCode.FENCED_INSTANCE_ID;
    return this.#byId.get(memberId) ?? ErrorCode.UNKNOWN_MEMBER_ID;
  }

  byInstance(instanceId: string): Member | undefined {
    return this.all.find((member) => member.about.instanceId === instanceId);
  }

  /** Whether an applicant has a protocol in common with everyone else, of the type that they are of. */
  isConsistent({ memberId, instanceId, protocolType, protocols }: Applicant, groupType: string): boolean {
    if (protocolType === '' || protocols.length === 0) return false;
    const others = this.all.filter(
      (m) => m.id !== memberId && (instanceId === null || m.about.instanceId !== instanceId),
    );
    if (others.length === 0) return true;
    return protocolType === groupType && protocols.some(({ name }) => others.every((other) => speaks(other, name)));
  }

  /** The first of the preferred protocols that everyone speaks, else an empty string. */
  commonProtocol(preferred: readonly Protocol[]): string {
    return preferred.find(({ name }) => this.all.every((member) => speaks(member, name)))?.name ?? '';
  }
}

function speaks(member: Member, protocol: string): boolean {
  return member.about.protocols.some(({ name }) => name === protocol);
}
