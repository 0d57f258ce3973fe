import { z } from 'zod';

/** What Argon2id takes to hash a password (RFC 9106, section 3.1), under the names of the library that does it. */
export interface PasswordCost {
  /** In KiB. */
  readonly memoryCost: number;
  /** Passes over the memory. */
  readonly timeCost: number;
  /** Lanes that may be worked on side by side. */
  readonly parallelism: number;
}

/** RFC 9106, section 4, for where memory is scarce: see docs/decisions/0024-what-a-password-costs.md. */
export const defaultPasswordCost = 'memory:64,passes:3,lanes:4';
/** One of the least that OWASP advises. */
export const leastPasswordCost = 'memory:19,passes:2,lanes:1';

const kibibytesInMebibyte = 1_024;

/**
 * Least memory, in MiB, for so many passes.
 * Source: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id
 */
const least = [
  { memory: 46, passes: 1 },
  { memory: 19, passes: 2 },
  { memory: 12, passes: 3 },
  { memory: 9, passes: 4 },
  { memory: 7, passes: 5 },
] as const;

/** More than these would let a few logins take an instance's memory, or its cores, for themselves. */
const most = { memory: 1_024, passes: 16, lanes: 16 } as const;

/** A cost as it is written in the settings: `memory:64,passes:3,lanes:4`. */
export const PasswordCost = z
  .string()
  .regex(/^memory:\d{1,4},passes:\d{1,2},lanes:\d{1,2}$/, {
    error: 'is written memory:64,passes:3,lanes:4: MiB of memory, passes over it, lanes side by side',
    abort: true,
  })
  .transform((text) => {
    const [memory = 0, passes = 0, lanes = 0] = text
      .split(',')
      .map((part) => Number(part.slice(part.indexOf(':') + 1)));
    return { memory, passes, lanes };
  })
  .refine((cost) => least.some(({ memory, passes }) => cost.memory >= memory && cost.passes >= passes), {
    error: `is less than the least that OWASP advises: ${least.map(({ memory, passes }) => `memory:${memory},passes:${passes}`).join(' or ')}`,
  })
  .refine(({ memory, passes, lanes }) => memory <= most.memory && passes <= most.passes && lanes <= most.lanes, {
    error: `must not be more than memory:${most.memory},passes:${most.passes},lanes:${most.lanes}`,
  })
  .refine(({ lanes }) => lanes > 0, { error: 'needs a lane: lanes:1' })
  .transform(
    ({ memory, passes, lanes }): PasswordCost => ({
      memoryCost: memory * kibibytesInMebibyte,
      timeCost: passes,
      parallelism: lanes,
    }),
  );
