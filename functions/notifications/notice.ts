/** What somebody is told. */
export interface Notice {
  readonly template: string;
  readonly subject: string;
  readonly body: string;
}
