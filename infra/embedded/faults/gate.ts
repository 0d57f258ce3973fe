/** A request as an embedded server saw it, before serving it. */
export interface RequestSeen {
  readonly server: 'kafka' | 'cosmos';
  /** Kafka: the API's name (`Produce`, `Fetch`). Cosmos: `Create`, `Upsert`, `Read`, `Replace`, `Delete`, `Query`, `Batch`, `Bulk`; `ReadContainer` for what is asked of a container itself. */
  readonly operation: string;
  /** Kafka: the topics or the group that the request names. Cosmos: the container. */
  readonly targets: readonly string[];
  /** Cosmos: what a batch or bulk request does, each kind of operation once (`Create`, `Read`, `Delete`). */
  readonly parts?: readonly string[];
  /** By the Kafka protocol the client id, by AMQP and for Cosmos the user agent. */
  readonly client: string;
}

/**
 * What the server does with the request:
 * `serve` it; `drop` closes the connection and applies nothing; `apply-then-drop` applies it and closes the connection
 * without an answer; `refuse` answers with an error (`status` and `substatus` for Cosmos, the protocol's error code for
 * Kafka, `retryAfterMs` where the protocol has a field for it) and applies nothing. With a `position`, only that operation of a
 * batch or bulk request to Cosmos (counted from 0) is refused, within an answer to the whole. `stale` (Cosmos): reads are
 * answered as of a moment (milliseconds since 1970), but never from before what this reader has written or was refused to; its
 * writes are applied to what there is.
 */
export type Verdict =
  | { readonly kind: 'serve' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'apply-then-drop' }
  | { readonly kind: 'stale'; readonly reader: string; readonly asOf: number }
  | {
      readonly kind: 'refuse';
      readonly status: number;
      readonly substatus?: number;
      readonly retryAfterMs?: number;
      readonly position?: number;
    };

/**
 * Where faults enter for tests: each embedded server asks the gate about each request. A held request is a promise that
 * is not settled yet. Without a gate (the normal case) a server serves everything.
 */
export interface FaultGate {
  /** Whether answers may be `stale`, so that what is written over has to be kept. */
  readonly keepsPast?: boolean;
  judge(request: RequestSeen): Verdict | Promise<Verdict>;
}
