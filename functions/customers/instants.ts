import { z } from 'zod';
import { later } from '../../shared/clock.ts';
import { Rejection } from '../../shared/model/rejection.ts';

/** An instant, in the one form in which instants sort as texts. */
export const Instant = z.iso.datetime({ offset: true }).transform((typed) => new Date(typed).toISOString());

/** Clocks differ by so much. */
const slackMs = 300_000;

/** When something was, which is now where nobody says. @throws Rejection invalid-body where that is still to come */
export function past(at: string | undefined, now: Date): string {
  const instant = at ?? now.toISOString();
  if (instant > later(now, slackMs)) throw wrongTime('at', 'is still to come');
  return instant;
}

/** @throws Rejection invalid-body where it is over. */
export function refusePast(path: string, at: string | undefined, now: Date): void {
  if (at !== undefined && at <= now.toISOString()) throw wrongTime(path, 'is in the past');
}

function wrongTime(path: string, message: string): Rejection {
  return new Rejection('invalid-body', `${path} ${message}`, 'content', { errors: [{ path, message }] });
}
