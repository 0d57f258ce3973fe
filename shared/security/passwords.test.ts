import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { hashPassword, passwordCost, verifyPassword } from './passwords.ts';

describe('a password', () => {
  it('is verified by its hash, however it is written, and no other is', async () => {
    const stored = await hashPassword('Zo\u00eb1234\u2167');
    expect(await verifyPassword(stored, 'Zoe\u03081234VIII')).toBe(true);
    expect(await verifyPassword(stored, 'zo\u00eb1234VIII')).toBe(false);
  });

  it('is hashed by argon2id at the cost that is set, with a salt of its own', async () => {
    const [one, other] = [await hashPassword('Admin123'), await hashPassword('Admin123')];
    const { memoryCost, timeCost, parallelism } = passwordCost;
    expect(one).toMatch(`$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$`);
    expect(one).not.toBe(other);
  });

  it('of nobody is never right', async () => {
    expect(await verifyPassword(undefined, 'Admin123')).toBe(false);
  });

  it('is worked on beside the event loop, not in it', async () => {
    const hashing = hashPassword('Admin123').then((stored) => verifyPassword(stored, 'Admin123'));
    expect(await turnsDuring(hashing)).toBeGreaterThan(10);
  });
});

/** How often the event loop came round while something was under way. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let isDone = false;
  const ended = work.finally(() => {
    isDone = true;
  });
  let turns = 0;
  while (!isDone) {
    await turn();
    turns += 1;
  }
  await ended;
  return turns;
}
