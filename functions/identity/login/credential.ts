import { z } from 'zod';
import { defineProjection } from '../../../shared/model/projection.ts';
import { rejectContent } from '../../../shared/model/rejection.ts';
import { lacksOf, longestPassword, type PasswordPolicy } from '../password/password-policy.ts';

/** What a password is verified against. */
export const Credential = defineProjection({
  kind: 'credential',
  state: z.object({
    passwordHash: z.string(),
    /** When the right password was last given: wrong ones that were tried before then are forgotten. */
    provenAt: z.iso.datetime().optional(),
  }),
});

/** A password that somebody gives; whether it is a good one depends on the settings. */
export const GivenPassword = z.string().min(1).max(longestPassword);

/** @throws Rejection weak-password with what it lacks. */
export function refuseWeak(password: string, policy: PasswordPolicy): void {
  const lacks = lacksOf(password, policy);
  if (lacks.length > 0) throw rejectContent('weak-password', `the password needs ${lacks.join(', ')}`);
}
