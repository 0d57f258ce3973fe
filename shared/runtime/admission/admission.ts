import { mayHaveMore } from '../../async/fair-share.ts';
import { settlesWithin } from '../../async/timeout.ts';
import type { Clock } from '../../clock.ts';
import type { HeldRequests } from '../held-requests.ts';
import { Decisions } from './decisions.ts';
import { Door } from './door.ts';
import { OverloadedError } from './overloaded-error.ts';
import { RecentNames } from './recent-names.ts';
import { Undecided } from './undecided.ts';

/** A request that was let in. */
export interface Ticket {
  /** What it made is there, and undecided. The key is what `tell` will say of it. */
  accepted(key: string): void;
  /** Its request is over; nothing more, where it was accepted. */
  leave(): void;
}

/** So many wait at the door at most; fewer, where others are held for what they have made. */
const mostAtDoor = 40;

/** So long somebody waits at the door at most, where decisions come more slowly than they did: who is refused is to hear of it soon. */
const longestAtDoorMs = 500;

/** So many requests are remembered that may come again. */
const mostRepeatable = 4_096;

/**
 * Lets in what is decided later for as long as it is decided in time, by Little's law: what is undecided, by how many are decided in a
 * second, is how long the next one will wait. Half of the time is for what was let in, half for who waits at the door: so clients that
 * send one request after the other go at the pace at which is decided, and only what is more than that is refused.
 *
 * Where nothing is decided, nothing is known, and everybody is let in.
 */
export class Admission {
  readonly #longestMs: number;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #held: HeldRequests;
  readonly #undecided = new Undecided();
  readonly #decisions: Decisions;
  readonly #door = new Door();
  readonly #repeatable = new RecentNames(mostRepeatable);

  /** @param longestMs how long a thing may wait for its decision, the time at the door with it; 0 lets everybody in */
  constructor(longestMs: number, clock: Pick<Clock, 'now'>, held: HeldRequests) {
    this.#longestMs = longestMs;
    this.#clock = clock;
    this.#held = held;
    this.#decisions = new Decisions(longestMs / 2);
  }

  /**
   * Lets a request of a tenant in, at once or as soon as there is room.
   *
   * @param knownBy what tells the request from all others, also when it comes again: what was accepted is let in once more, to be answered as before
   * @throws OverloadedError
   */
  async enter(tenant: string, knownBy?: string): Promise<Ticket> {
    if (this.#longestMs === 0) return ofNobody;
    const now = this.#look();
    if (this.#mayEnter(tenant, now)) return this.#ticket(tenant, knownBy);
    if (knownBy !== undefined && this.hasAccepted(knownBy)) return ofNobody;
    this.#decisions.heldBack(now);
    const ticket = this.#mayWait(tenant, now) ? await this.#atDoor(tenant, knownBy) : undefined;
    if (ticket === undefined) throw new OverloadedError('undecided', this.waitMs());
    return ticket;
  }

  /** Whether others decide some of what is let in here, so that what is counted here does not say how long it will wait. */
  get isDecidedElsewhere(): boolean {
    return this.#decisions.areElsewhere;
  }

  /** Whether a request was accepted here, by what it is known by. */
  hasAccepted(knownBy: string): boolean {
    return this.#repeatable.has(knownBy);
  }

  /** Something may have been decided. */
  tell(key: string): void {
    if (!this.#undecided.knows(key)) return;
    // A pause is seen before what ends it counts.
    const now = this.#look();
    const entry = this.#undecided.decide(key);
    if (entry === undefined) return;
    this.#decisions.told(now - entry.since, this.#undecided.size, now);
    this.#look();
  }

  /** How long what comes now will wait for its decision, in milliseconds. */
  waitMs(): number {
    const now = this.#look();
    const size = this.#undecided.size + this.#door.size;
    return size === 0 ? 0 : this.#decisions.waitMs(size, now);
  }

  /** Sees what the time has changed, and lets in who may come in now. @returns the time */
  #look(): number {
    const now = this.#clock.now().getTime();
    this.#decisions.looked(this.#undecided.expire(), now);
    this.#door.open((tenant) => this.#mayEnter(tenant, now));
    return now;
  }

  #mayEnter(tenant: string, now: number): boolean {
    const { size } = this.#undecided;
    return mayHaveMore({ limit: this.#decisions.mostUndecided(now), size, ...this.#undecided.of(tenant) });
  }

  #mayWait(tenant: string, now: number): boolean {
    if (this.#held.isFull) return false;
    const limit = Math.min(mostAtDoor, this.#decisions.mostUndecided(now));
    return mayHaveMore({ limit, size: this.#door.size, ...this.#door.of(tenant) });
  }

  /** @returns nothing, where there was no room in time */
  async #atDoor(tenant: string, knownBy: string | undefined): Promise<Ticket | undefined> {
    const { promise, resolve } = Promise.withResolvers<Ticket>();
    const waiter = { tenant, letIn: () => resolve(this.#ticket(tenant, knownBy)) };
    this.#door.wait(waiter);
    if (await this.#held.whileWaiting(() => settlesWithin(promise, longestAtDoorMs))) return promise;
    this.#look();
    if (!this.#door.leave(waiter)) return promise;
    return undefined;
  }

  #ticket(tenant: string, knownBy: string | undefined): Ticket {
    const [undecided, clock] = [this.#undecided, this.#clock];
    const entry = { tenant, since: clock.now().getTime() };
    undecided.enter(entry);
    let isUnderWay = true;
    return {
      accepted: (key) => {
        isUnderWay = false;
        if (knownBy !== undefined) this.#repeatable.add(knownBy);
        undecided.accept(entry, key, clock.now().getTime());
      },
      leave: () => {
        if (!isUnderWay) return;
        isUnderWay = false;
        undecided.leave(entry);
        this.#look();
      },
    };
  }
}

const ofNobody: Ticket = { accepted: () => undefined, leave: () => undefined };
