import type { z } from 'zod';
import { type FieldError, fieldErrorsOf, fieldErrorsText } from '../field-errors.ts';

/**
 * Why a rule says no: `content` (what was asked for breaks a rule), `state` (not now, or the name is taken), `absent` (there
 * is no such thing), `forbidden` (not by this caller), `precondition` (it changed since it was read), `unauthenticated` (it
 * is not shown who asks), `limited` (too often). What each is over HTTP is told in `shared/serving/problem-of.ts`.
 */
export type RejectionKind =
  | 'content'
  | 'state'
  | 'absent'
  | 'forbidden'
  | 'precondition'
  | 'unauthenticated'
  | 'limited';

interface RejectionDetails {
  /** The fields that break the rule, where it is about fields. */
  readonly errors?: readonly FieldError[];
  /** After how many milliseconds it may be tried again, where that is known. */
  readonly retryAfterMs?: number;
  /** Whose account it is about, for the log alone: the client is not told. */
  readonly account?: string | undefined;
}

/** A business rule's refusal: expected, final, the same however often it is tried. */
export class Rejection extends Error {
  override readonly name = 'Rejection';
  /** Stable and documented in docs/problems.md: clients decide by it. */
  readonly code: string;
  readonly kind: RejectionKind;
  readonly errors: readonly FieldError[] | undefined;
  readonly retryAfterMs: number | undefined;
  readonly account: string | undefined;

  constructor(code: string, detail: string, kind: RejectionKind, more: RejectionDetails = {}) {
    super(detail);
    this.code = code;
    this.kind = kind;
    this.errors = more.errors;
    this.retryAfterMs = more.retryAfterMs;
    this.account = more.account;
  }
}

/** What the state does not allow, or a name that is taken. Made to be thrown. */
export function reject(code: string, detail: string): Rejection {
  return new Rejection(code, detail, 'state');
}

/** What the command says breaks a rule about its content. Made to be thrown. */
export function rejectContent(code: string, detail: string): Rejection {
  return new Rejection(code, detail, 'content');
}

/** Data that break their schema: `invalid-body`, `invalid-line`, with every field that does. Made to be thrown. */
export function rejectInvalid(what: 'body' | 'line', error: z.ZodError): Rejection {
  const errors = fieldErrorsOf(error);
  return new Rejection(`invalid-${what}`, fieldErrorsText(what, errors), 'content', { errors });
}

/** The thing asked for is not there, or not there for this caller. Made to be thrown. */
export function rejectAbsent(detail: string): Rejection {
  return new Rejection('not-found', detail, 'absent');
}

/** The caller may not do this to that. Made to be thrown. */
export function rejectForbidden(detail: string): Rejection {
  return new Rejection('forbidden', detail, 'forbidden');
}

/** The caller named another version than there is. Made to be thrown. */
export function rejectPrecondition(detail: string): Rejection {
  return new Rejection('precondition-failed', detail, 'precondition');
}
