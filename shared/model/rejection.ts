/**
 * Why a rule says no, which decides the HTTP status: `content` (422, what was asked for breaks a rule), `state` (409, not
 * now, or the name is taken), `absent` (404), `forbidden` (403), `precondition` (412, it changed since it was read).
 */
export type RejectionNature = 'content' | 'state' | 'absent' | 'forbidden' | 'precondition';

/** A business rule's refusal: expected, final, the same however often it is tried. */
export class Rejection extends Error {
  override readonly name = 'Rejection';
  /** Stable and documented in docs/problems.md: clients decide by it. */
  readonly code: string;
  readonly nature: RejectionNature;

  constructor(code: string, detail: string, nature: RejectionNature) {
    super(detail);
    this.code = code;
    this.nature = nature;
  }
}

/** What the state does not allow, or a name that is taken (409). Made to be thrown. */
export function reject(code: string, detail: string): Rejection {
  return new Rejection(code, detail, 'state');
}

/** What the command says breaks a rule about its content (422). Made to be thrown. */
export function rejectContent(code: string, detail: string): Rejection {
  return new Rejection(code, detail, 'content');
}

/** The thing asked for is not there, or not there for this caller (404). Made to be thrown. */
export function rejectAbsent(detail: string): Rejection {
  return new Rejection('not-found', detail, 'absent');
}

/** The caller may not do this to that (403). Made to be thrown. */
export function rejectForbidden(detail: string): Rejection {
  return new Rejection('forbidden', detail, 'forbidden');
}

/** The caller's `If-Match` names another version than there is (412). Made to be thrown. */
export function rejectPrecondition(detail: string): Rejection {
  return new Rejection('precondition-failed', detail, 'precondition');
}
