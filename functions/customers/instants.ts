import { z } from 'zod';
import { later } from '../../shared/clock.ts';
import { Rejection } from '../../shared/model/rejection.ts';

/** An instant, in the one form in which instants sort as texts: a year of other than four digits has another, by which zones may come. */
export const Instant = z.iso
  .datetime({ offset: true })
  .transform((typed) => new Date(typed).toISOString())
  .refine((instant) => /^\d/.test(instant), { error: 'has a year of other than four digits' });

/** Clocks differ by so much. */
const slackMs = 300_000;

/**
 * When something was, which is now where nobody says, and where a clock is a little ahead: what comes after it here is later.
 *
 * @throws Rejection invalid-body where that is still to come
 */
export function past(at: string | undefined, now: Date): string {
  const instant = now.toISOString();
  if (at === undefined) return instant;
  if (at > later(now, slackMs)) throw wrongTime('at', 'is still to come');
  return at < instant ? at : instant;
}

/** @throws Rejection invalid-body where it is over. */
export function refusePast(path: string, at: string | undefined, now: Date): void {
  if (at !== undefined && at <= now.toISOString()) throw wrongTime(path, 'is in the past');
}

function wrongTime(path: string, message: string): Rejection {
  return new Rejection('invalid-body', `${path} ${message}`, 'content', { errors: [{ path, message }] });
}
