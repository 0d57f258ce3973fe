import { later } from '../../../shared/clock.ts';
import type { Settings } from '../../../shared/settings/settings.ts';
import { identitySettings } from '../settings.ts';

/** How long sessions last, in milliseconds. */
export interface SessionLifetimes {
  /** From when it was last used. */
  readonly unusedMs: number;
  /** From its beginning, however often it is used. */
  readonly inAllMs: number;
}

export function sessionLifetimes(settings: Settings): SessionLifetimes {
  const { REFRESH_TOKEN_LIFETIME, SESSION_LIFETIME } = identitySettings.of(settings);
  return { unusedMs: REFRESH_TOKEN_LIFETIME, inAllMs: SESSION_LIFETIME };
}

/** When a session ends for good. */
export function endOf(startedAt: string, { inAllMs }: SessionLifetimes): string {
  return later(new Date(startedAt), inAllMs);
}

/** When a session ends that is used now, and not again. */
export function expiryOf(startedAt: string, now: Date, lifetimes: SessionLifetimes): string {
  const [unused, inAll] = [later(now, lifetimes.unusedMs), endOf(startedAt, lifetimes)];
  return unused < inAll ? unused : inAll;
}
