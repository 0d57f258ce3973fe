/** What a change follows from; every event of the change carries it on. */
export interface Cause {
  readonly tenant: string;
  readonly correlationId: string;
  /** The event reacted to; absent where a request or a deadline began it. */
  readonly causationId?: string | undefined;
  /** What that event reacted to, in turn: whoever reads the one knows that the bus had the other. */
  readonly precedingId?: string | undefined;
  readonly traceparent?: string | undefined;
}
