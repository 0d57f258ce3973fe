/** A file of the broker does not hold what the broker wrote. Serving on would lose or invent messages. */
export class DamagedDataError extends Error {
  override readonly name = 'DamagedDataError';

  constructor(path: string, what: string) {
    super(
      `${path} is damaged: ${what}. Put a good copy of the file back, or delete the broker's data folder to start empty.`,
    );
  }
}
