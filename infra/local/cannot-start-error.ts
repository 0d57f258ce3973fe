/** Why the stack cannot start or go on: one line that says what to do. Anything else that is thrown is a bug. */
export class CannotStartError extends Error {
  override readonly name = 'CannotStartError';
}

/** What to show of an error: the line made for a person, or all there is to know about a bug. */
export function described(error: unknown): string {
  if (error instanceof CannotStartError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The code of an operating system error (`ENOENT`), where it is one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
