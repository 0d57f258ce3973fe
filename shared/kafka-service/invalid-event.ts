import type { z } from 'zod';

/** What was to be published is no event, or not the event that its type says; the message says what to change. */
export class InvalidEventError extends Error {
  override readonly name = 'InvalidEventError';
}

/** Every problem with its path, on one line. */
export function issuesOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.map(String).join('.') || 'it'}: ${message}`).join('; ');
}
