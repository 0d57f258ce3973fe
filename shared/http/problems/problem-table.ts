/** What a client is to know of a problem, besides its code. */
export interface ProblemDescription {
  /** The status of every answer with this code. */
  readonly status: number;
  /** What has happened. Markdown. */
  readonly meaning: string;
  /** What the client can do about it. Markdown. */
  readonly remedy: string;
}

/** Problems by their code, which is the last part of their `type`: stable, since clients decide by it. */
export type ProblemTable = Readonly<Record<string, ProblemDescription>>;
