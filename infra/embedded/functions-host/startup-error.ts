/** Why the host cannot start, in one line that says what to change. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}

/** The message of whatever was thrown; code may throw anything. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
