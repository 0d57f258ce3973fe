import { z } from 'zod';
import { later } from '../../../shared/clock.ts';
import { hashOf } from '../../../shared/ids.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { type Rejection, rejectContent } from '../../../shared/model/rejection.ts';

/** So many mails of a kind go to an address within an hour: a stranger can ask for them, and the inbox is another's. */
export const mostAnHour = 3;
const hourMs = 3_600_000;

const Link = z.object({
  requestId: z.string(),
  /** Of its secret, which is random enough for a fast hash. */
  secretHash: z.string(),
  requestedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Link = z.infer<typeof Link>;

const state = z.object({
  /** Those asked for last, the oldest first. The newest alone is good: the others are there for their mails, and to be counted. */
  links: z.array(Link),
  ttl: z.int(),
});
export type MailedLinks = z.infer<typeof state>;

/** The links by which a user sets a new password; gone with the first that was used. */
export const PasswordReset = defineProjection({ kind: 'password-reset', state });
/** The links by which a user shows that the address is theirs. */
export const EmailVerification = defineProjection({ kind: 'email-verification', state });

/** What is stored of a secret. */
export function storedSecret(secret: string): string {
  return hashOf([secret]);
}

/** With one link more, which ends those before it. */
export function withLink(links: MailedLinks | undefined, link: Link): MailedLinks {
  const lifetimeMs = Date.parse(link.expiresAt) - Date.parse(link.requestedAt);
  return {
    links: [...(links?.links ?? []), link].slice(-mostAnHour),
    ttl: Math.ceil((lifetimeMs + hourMs) / 1_000),
  };
}

/** Whether another mail may go to an address that was written to at these times. */
export function mayMail(times: readonly string[], now: Date): boolean {
  return lastHour(times, now).length < mostAnHour;
}

/** Those of the last hour. */
export function lastHour(times: readonly string[], now: Date): readonly string[] {
  return times.filter((at) => later(new Date(at), hourMs) > now.toISOString());
}

/** Whether a secret is that of the newest link, while that lasts. */
export function isGood(links: MailedLinks | undefined, secret: string, now: Date): boolean {
  const newest = links?.links.at(-1);
  return newest !== undefined && newest.secretHash === storedSecret(secret) && newest.expiresAt > now.toISOString();
}

/** One answer for all: whoever tries out tokens learns nothing of which came close. Made to be thrown. */
export function invalidLink(): Rejection {
  return rejectContent('invalid-link', 'This link was used, is too old, or there is a newer one: ask for another.');
}
