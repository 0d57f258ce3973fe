import { z } from 'zod';
import { defineProjection } from '../../../shared/model/projection.ts';
import { rejectContent } from '../../../shared/model/rejection.ts';
import type { AccountWords } from '../password/easily-guessed.ts';
import { lacksOf, longestPassword, type PasswordPolicy } from '../password/password-policy.ts';
import { Proof } from './guesses.ts';

/** What a password is verified against. */
export const Credential = defineProjection({
  kind: 'credential',
  state: z.object({
    passwordHash: z.string(),
    /** Who has given the right password lately. */
    proven: z.array(Proof).optional(),
    /** When the password was last another one; of the first it says nothing. */
    changedAt: z.iso.datetime().optional(),
  }),
});
export type CredentialState = ReturnType<typeof Credential.parse>;

/** A password that somebody gives; whether it is a good one depends on the settings. */
export const GivenPassword = z
  .string()
  .min(1)
  .max(longestPassword)
  .refine((sent) => sent.isWellFormed(), { error: 'has half of a character (a lone surrogate)' });

/** @throws Rejection weak-password with what it lacks. */
export function refuseWeak(password: string, policy: PasswordPolicy, account: AccountWords): void {
  const lacks = lacksOf(password, policy, account);
  if (lacks.length > 0) throw rejectContent('weak-password', `the password needs ${lacks.join(', ')}`);
}
