/** What a change follows from; every event of the change carries it on. */
export interface Cause {
  readonly tenant: string;
  readonly correlationId: string;
  /** The event reacted to; absent where a request or a deadline began it. */
  readonly causationId?: string | undefined;
  readonly traceparent?: string | undefined;
}
