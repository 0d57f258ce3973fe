import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedEach, allowedInAll, counted, type Guesser, type GuessesState, lockOf, withProof } from './guesses.ts';

const start = new Date('2026-11-22T10:00:00.000Z');
const minute = 60_000;
const moment = (ms: number) => new Date(start.getTime() + ms);
const client = (id: string): Guesser => ({ among: 'clients', id });
const ann = client('ann');
const limited = (retryAfterMs: number) =>
  expect.objectContaining({ kind: 'limited', code: 'too-many-attempts', retryAfterMs });

/** So many wrong passwords, one a second, by one client or by each of several in turn. */
function tried(times: number, by: readonly Guesser[] = [ann]): GuessesState {
  let guesses: GuessesState = { tries: [], ttl: 0 };
  for (let index = 0; index < times; index += 1)
    guesses = counted(guesses, { by: by[index % by.length] ?? ann, now: moment(index * 1_000) }, []);
  return guesses;
}

describe('guesses at a password', () => {
  it('the tenth guess of a client in fifteen minutes locks that client out for fifteen, and no other', () => {
    expect(lockOf(tried(9), ann)).toBeUndefined();
    const guesses = tried(10);
    expect(lockOf(guesses, ann)).toMatchObject({ at: moment(9_000).toISOString() });
    const at = (ms: number, by = ann) => counted(guesses, { by, now: moment(ms) }, []);
    expect(() => at(10_000)).toThrow(limited(15 * minute - 1_000));
    expect(() => at(15 * minute + 8_999)).toThrow(limited(1));
    expect(at(15 * minute + 9_000).tries.at(-1)).toMatchObject({ at: moment(15 * minute + 9_000).toISOString() });
    expect(at(10_000, client('bob')).tries).toHaveLength(11);
  });

  it('the hundredth guess of all clients in fifteen minutes locks out every one of them', () => {
    const many = Array.from({ length: 20 }, (_, index) => client(`c${index}`));
    expect(lockOf(tried(99, many), ann)).toBeUndefined();
    const guesses = tried(100, many);
    expect(() => counted(guesses, { by: ann, now: moment(100_000) }, [])).toThrow(limited(15 * minute - 1_000));
  });

  it('the right password clears the guesses of the same client, and none of another', () => {
    const guesses = tried(20, [ann, client('bob')]);
    const proofs = withProof([], ann, moment(19_000));
    const next = counted(guesses, { by: ann, now: moment(20_000) }, proofs);
    expect(next.tries.filter(({ by }) => by === 'clients/ann')).toHaveLength(1);
    expect(() => counted(guesses, { by: client('bob'), now: moment(20_000) }, proofs)).toThrow(
      expect.objectContaining({ code: 'too-many-attempts' }),
    );
  });

  it('a guess that is repeated under its Idempotency-Key is counted once, also by one who is locked out', () => {
    let guesses = counted(undefined, { by: ann, request: 'r0', now: start }, []);
    const again = counted(guesses, { by: ann, request: 'r0', now: moment(1_000) }, []);
    expect(again.tries).toHaveLength(1);
    for (let index = 1; index < allowedEach; index += 1)
      guesses = counted(guesses, { by: ann, request: `r${index}`, now: moment(index) }, []);
    expect(counted(guesses, { by: ann, request: 'r3', now: moment(1_000) }, [])).toEqual(guesses);
    expect(() => counted(guesses, { by: ann, request: 'r10', now: moment(1_000) }, [])).toThrow(
      expect.objectContaining({ code: 'too-many-attempts' }),
    );
  });

  it('proofs that a client knew the password are kept for as long as they are of use, and no more than a hundred', () => {
    const proofs = Array.from({ length: 150 }, (_, index) => client(`c${index}`)).reduce(
      (known: ReturnType<typeof withProof>, by) => withProof(known, by, start),
      [],
    );
    expect(proofs).toHaveLength(allowedInAll);
    expect(withProof(proofs, ann, moment(31 * minute))).toEqual([
      { by: 'clients/ann', at: moment(31 * minute).toISOString() },
    ]);
  });

  it('guesses never exceed ten of a client and a hundred of all in any fifteen minutes, however they are spread', () => {
    const step = fc.record({ pause: fc.integer({ min: 0, max: 2 * minute }), by: fc.integer({ min: 0, max: 14 }) });
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 100, maxLength: 400 }),
        fc.integer({ min: 1, max: 200 }),
        (steps, haste) => {
          const admitted: { readonly at: number; readonly by: number }[] = [];
          let guesses: GuessesState | undefined;
          let at = 0;
          for (const { pause, by } of steps) {
            at += Math.ceil(pause / haste);
            try {
              guesses = counted(guesses, { by: client(String(by)), now: moment(at) }, []);
            } catch {
              continue; // refused: what follows is about those that were not
            }
            admitted.push({ at, by });
            expect(guesses.tries.length).toBeLessThanOrEqual(2 * allowedInAll);
          }
          const within = (one: number) => admitted.filter((other) => other.at >= one && other.at < one + 15 * minute);
          for (const one of admitted) {
            const inWindow = within(one.at);
            expect(inWindow.length).toBeLessThanOrEqual(allowedInAll);
            expect(inWindow.filter(({ by }) => by === one.by).length).toBeLessThanOrEqual(allowedEach);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
