import { z } from 'zod';
import { later } from '../../../shared/clock.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { Rejection } from '../../../shared/model/rejection.ts';

/** So many wrong passwords in the window lock an address for as long as the window is. */
export const allowedAttempts = 10;
const windowMs = 15 * 60_000;

/** The passwords that were tried for an address, whether it is somebody's or not. */
export const LoginAttempts = defineProjection({
  kind: 'attempts',
  state: z.object({
    /** When each was tried, the oldest first. */
    tries: z.array(z.iso.datetime()),
    lockedUntil: z.iso.datetime().optional(),
    ttl: z.int(),
  }),
});
export type LoginAttemptsState = ReturnType<typeof LoginAttempts.parse>;

/**
 * Counts one more. An attempt is counted before its password is looked at, so that many at once cannot slip past. Those up
 * to `provenAt`, when the right password was given, are forgotten, the right one among them.
 *
 * @throws Rejection `too-many-attempts` where there were too many.
 */
export function admit(
  attempts: LoginAttemptsState | undefined,
  provenAt: string | undefined,
  now: Date,
): LoginAttemptsState {
  const recent = (attempts?.tries ?? []).filter(
    (at) => at > (provenAt ?? '') && later(new Date(at), windowMs) > now.toISOString(),
  );
  const until = attempts?.lockedUntil ?? '';
  if (until > now.toISOString() || recent.length >= allowedAttempts)
    throw tooMany(new Date(until > now.toISOString() ? until : later(new Date(recent[0] ?? now), windowMs)), now);
  return { tries: [...recent, now.toISOString()], ttl: windowMs / 1_000 };
}

/** Whether it takes no more attempts. */
export function isUsedUp({ tries }: LoginAttemptsState): boolean {
  return tries.length >= allowedAttempts;
}

/** The last of them was wrong, too. */
export function locked(attempts: LoginAttemptsState, now: Date): LoginAttemptsState {
  return { ...attempts, lockedUntil: later(now, windowMs) };
}

function tooMany(until: Date, now: Date): Rejection {
  const detail = 'There were too many wrong passwords for this address. Wait a while.';
  return new Rejection('too-many-attempts', detail, 'limited', { retryAfterMs: until.getTime() - now.getTime() });
}
