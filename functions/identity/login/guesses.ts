import { z } from 'zod';
import { later } from '../../../shared/clock.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { Rejection } from '../../../shared/model/rejection.ts';

/** So many wrong passwords of one guesser in the window lock them out for as long as the window is. */
export const allowedEach = 10;
/**
 * And so many of all guessers of one kind together lock out all of that kind.
 * Source: NIST SP 800-63B, section 5.2.2, allows an account a hundred in a row.
 */
export const allowedInAll = 100;
const windowMs = 15 * 60_000;
/** A try counts until the lock that it may have led to has ended. */
const rememberedMs = 2 * windowMs;

/**
 * Who gives a password, as far as they can be told apart: `clients` by their network, `devices` by what the right password has got
 * them, `sessions` by the session that they have. Each kind is counted by itself, so strangers lock out strangers alone.
 */
export interface Guesser {
  readonly among: 'clients' | 'devices' | 'sessions';
  readonly id: string;
}

/** Every kind of guesser, for what is done with the guesses of all. */
export const guesserKinds = ['clients', 'devices', 'sessions'] as const satisfies readonly Guesser['among'][];

const Guess = z.object({
  by: z.string(),
  at: z.iso.datetime(),
  /** What the request was known by, where it had an Idempotency-Key. */
  request: z.string().optional(),
});

/** The passwords that one kind of guessers has given for an address, whether it is somebody's or not. Its id is the kind. */
export const Guesses = defineProjection({
  kind: 'guesses',
  state: z.object({
    /** The oldest first. */
    tries: z.array(Guess),
    ttl: z.int(),
  }),
});
export type GuessesState = ReturnType<typeof Guesses.parse>;

/** When a guesser last gave the right password: what they tried until then is forgotten, the right one with it. */
export const Proof = z.object({ by: z.string(), at: z.iso.datetime() });
export type Proof = z.infer<typeof Proof>;

/** A password that is about to be looked at. */
export interface Try {
  readonly by: Guesser;
  /** What the request is known by under its Idempotency-Key: repeated, it is the same guess. */
  readonly request?: string | undefined;
  readonly now: Date;
}

/**
 * Counts one more. It is counted before the password is looked at, so that many at once cannot slip past.
 *
 * @throws Rejection `too-many-attempts` where there were too many.
 */
export function counted(guesses: GuessesState | undefined, guess: Try, proofs: readonly Proof[]): GuessesState {
  const held = heldLock(guesses, guess, proofs);
  if (held !== undefined) throw tooMany(new Date(held.until), guess.now);
  const { by, request, now } = guess;
  const remembered = rememberedOf(guesses, now, proofs);
  if (isRepeated(remembered, guess)) return remembered;
  const one = { by: nameOf(by), at: now.toISOString(), ...(request === undefined ? {} : { request }) };
  return { ...remembered, tries: [...remembered.tries, one] };
}

/** The lock by which a guess is refused. One that was counted before is not: it tells nothing new. */
export function heldLock(guesses: GuessesState | undefined, guess: Try, proofs: readonly Proof[]): Lock | undefined {
  const remembered = rememberedOf(guesses, guess.now, proofs);
  if (isRepeated(remembered, guess)) return undefined;
  const lock = lockOf(remembered, guess.by);
  return lock !== undefined && lock.until > guess.now.toISOString() ? lock : undefined;
}

function rememberedOf(guesses: GuessesState | undefined, now: Date, proofs: readonly Proof[]): GuessesState {
  const provenAt = new Map(proofs.map(({ by, at }) => [by, at]));
  const tries = (guesses?.tries ?? []).filter(
    ({ by, at }) => at > (provenAt.get(by) ?? '') && later(new Date(at), rememberedMs) > now.toISOString(),
  );
  return { tries, ttl: rememberedMs / 1_000 };
}

function isRepeated({ tries }: GuessesState, { by, request }: Try): boolean {
  return request !== undefined && tries.some((one) => one.by === nameOf(by) && one.request === request);
}

/** From when until when a guesser is locked out. */
export interface Lock {
  readonly at: string;
  readonly until: string;
}

/** The lock that the tries so far have led to, if none of them was right; the one that lasts longer where there are two. */
export function lockOf({ tries }: GuessesState, by: Guesser): Lock | undefined {
  const own = tries.filter((one) => one.by === nameOf(by));
  const locks = [lockAfter(own, allowedEach), lockAfter(tries, allowedInAll)].filter((lock) => lock !== undefined);
  return locks.toSorted((one, other) => (one.until < other.until ? 1 : -1))[0];
}

/** The last so many tries are one too many where they lie within one window. */
function lockAfter(tries: GuessesState['tries'], allowed: number): Lock | undefined {
  const [first, last] = [tries.at(-allowed), tries.at(-1)];
  if (first === undefined || last === undefined || later(new Date(first.at), windowMs) <= last.at) return undefined;
  return { at: last.at, until: later(new Date(last.at), windowMs) };
}

/** With the proof of a guesser, and without those that are of no use any more. */
export function withProof(proofs: readonly Proof[], by: Guesser, now: Date): readonly Proof[] {
  const name = nameOf(by);
  const useful = proofs.filter(
    (proof) => proof.by !== name && later(new Date(proof.at), rememberedMs) > now.toISOString(),
  );
  return [...useful, { by: name, at: now.toISOString() }].slice(-allowedInAll);
}

function nameOf({ among, id }: Guesser): string {
  return `${among}/${id}`;
}

function tooMany(until: Date, now: Date): Rejection {
  const detail = 'There were too many wrong passwords for this address. Wait a while.';
  return new Rejection('too-many-attempts', detail, 'limited', { retryAfterMs: until.getTime() - now.getTime() });
}
