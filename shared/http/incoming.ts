/** A request as the Functions programming model gives it; only what the kernel needs of it. */
export interface IncomingRequest {
  readonly method: string;
  /** The whole of it, with the query as it was sent. */
  readonly url: string;
  readonly headers: {
    get(name: string): string | null;
    /** In small letters. */
    keys(): Iterable<string>;
  };
  readonly params: Readonly<Record<string, string>>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A finished answer, as it goes to the client. */
export interface OutgoingResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}
