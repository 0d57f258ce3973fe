import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { leastPasswordCost, PasswordCost } from './password-cost.ts';
import { hasCost, hashPassword, verifyPassword } from './passwords.ts';

const cost = PasswordCost.parse(leastPasswordCost);

describe('password hashing', () => {
  it('a password is verified against its hash in any Unicode form, and another password is not', async () => {
    const stored = await hashPassword('Zo\u00eb1234\u2167', cost);
    expect(await verifyPassword(stored, 'Zoe\u03081234VIII', cost)).toBe(true);
    expect(await verifyPassword(stored, 'zo\u00eb1234VIII', cost)).toBe(false);
  });

  it('a password is hashed by argon2id at the configured cost, with its own salt', async () => {
    const [one, other] = [await hashPassword('Admin123', cost), await hashPassword('Admin123', cost)];
    expect(one).toMatch('$argon2id$v=19$m=19456,t=2,p=1$');
    expect(one).not.toBe(other);
  });

  it('a hash tells the cost it was made at, and is verified whatever the cost is now', async () => {
    const stored = await hashPassword('Admin123', cost);
    const more = PasswordCost.parse('memory:19,passes:3,lanes:1');
    expect([hasCost(stored, cost), hasCost(stored, more)]).toEqual([true, false]);
    expect(await verifyPassword(stored, 'Admin123', more)).toBe(true);
  });

  it('no password is right for a user who does not exist', async () => {
    expect(await verifyPassword(undefined, 'Admin123', cost)).toBe(false);
  });

  it('passwords are hashed without blocking the event loop', async () => {
    const hashing = hashPassword('Admin123', cost).then((stored) => verifyPassword(stored, 'Admin123', cost));
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
