import { z } from 'zod';
import { defineProjection } from '../../../shared/model/projection.ts';
import { rejectContent } from '../../../shared/model/rejection.ts';
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
export const GivenPassword = z.string().min(1).max(longestPassword);

/** @throws Rejection weak-password with what it lacks. */
export function refuseWeak(password: string, policy: PasswordPolicy): void {
  const lacks = lacksOf(password, policy);
  if (lacks.length > 0) throw rejectContent('weak-password', `the password needs ${lacks.join(', ')}`);
}
