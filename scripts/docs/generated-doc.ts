/** A document that is made from the code, by its path from the root of the repository. */
export interface GeneratedDoc {
  readonly path: string;
  readonly text: string;
}
