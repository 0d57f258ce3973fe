import { ErrorCode } from '../protocol/error-code.ts';

/** One way of assigning partitions that a member can take part in, with what it tells the leader. */
export interface Protocol {
  readonly name: string;
  readonly metadata: Buffer;
}

/** What a client says of itself when it joins. */
export interface Applicant {
  /** Empty on the first attempt. */
  readonly memberId: string;
  /** Set by a static member (KIP-345): it keeps its place over a restart. */
  readonly instanceId: string | null;
  readonly clientId: string;
  readonly host: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly protocolType: string;
  readonly protocols: readonly Protocol[];
  /** Whether the client can be told its id first and asked to come back with it (KIP-394, JoinGroup from version 4). */
  readonly acceptsMemberId: boolean;
}

export interface JoinAnswer {
  readonly code: number;
  readonly generation: number;
  readonly protocol: string;
  readonly leader: string;
  readonly memberId: string;
  /** For the leader everyone, for the others nobody. */
  readonly members: readonly { readonly id: string; readonly instanceId: string | null; readonly metadata: Buffer }[];
}

export interface SyncAnswer {
  readonly code: number;
  readonly assignment: Buffer;
}

export const nothingAssigned = Buffer.alloc(0);

/** A join that comes to nothing. */
export function joinRefused(code: number, memberId: string): JoinAnswer {
  return { code, generation: -1, protocol: '', leader: '', memberId, members: [] };
}

/** A member of a group: what it said, what it was assigned, and the answer it may be waiting for. */
export class Member {
  readonly id: string;
  assignment: Buffer = nothingAssigned;
  #said: Applicant;
  #session: NodeJS.Timeout | undefined;
  #answerJoin: ((answer: JoinAnswer) => void) | undefined;
  #answerSync: ((answer: SyncAnswer) => void) | undefined;
  readonly #onSilent: () => void;

  /** `onSilent` is called when nothing was heard of the member for its session time-out. */
  constructor(id: string, applicant: Applicant, onSilent: () => void) {
    this.id = id;
    this.#said = applicant;
    this.#onSilent = onSilent;
  }

  get about(): Applicant {
    return this.#said;
  }

  get isJoining(): boolean {
    return this.#answerJoin !== undefined;
  }

  /** Takes over what the client says now. */
  update(applicant: Applicant): void {
    this.#said = applicant;
  }

  metadataFor(protocol: string): Buffer {
    return this.#said.protocols.find(({ name }) => name === protocol)?.metadata ?? nothingAssigned;
  }

  offers(protocols: readonly Protocol[]): boolean {
    const mine = this.#said.protocols;
    return (
      mine.length === protocols.length &&
      protocols.every(({ name, metadata }, i) => mine[i]?.name === name && mine[i].metadata.equals(metadata))
    );
  }

  /** The member was heard of: its session begins anew. */
  touch(): void {
    clearTimeout(this.#session);
    this.#session = setTimeout(() => this.#sessionEnded(), this.#said.sessionTimeoutMs).unref();
  }

  waitForJoin(): Promise<JoinAnswer> {
    this.finishJoin(joinRefused(ErrorCode.REBALANCE_IN_PROGRESS, this.id));
    return new Promise((resolve) => {
      this.#answerJoin = resolve;
    });
  }

  waitForSync(): Promise<SyncAnswer> {
    this.finishSync({ code: ErrorCode.REBALANCE_IN_PROGRESS, assignment: nothingAssigned });
    return new Promise((resolve) => {
      this.#answerSync = resolve;
    });
  }

  finishJoin(answer: JoinAnswer): void {
    this.#answerJoin?.(answer);
    this.#answerJoin = undefined;
  }

  finishSync(answer: SyncAnswer): void {
    this.#answerSync?.(answer);
    this.#answerSync = undefined;
  }

  /** The member is none any more: whatever it waits for is answered with `code`. */
  dismiss(code: number): void {
    clearTimeout(this.#session);
    this.finishJoin(joinRefused(code, this.id));
    this.finishSync({ code, assignment: nothingAssigned });
  }

  #sessionEnded(): void {
    // A member whose request is held here cannot send heartbeats meanwhile: Kafka answers a connection's requests in turn.
    if (this.#answerJoin !== undefined || this.#answerSync !== undefined) this.touch();
    else this.#onSilent();
  }
}
