/** Why the bootstrap cannot go on: one line that says what to do. */
export class UnableError extends Error {}
