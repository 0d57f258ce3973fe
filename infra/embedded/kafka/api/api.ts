import type { Broker } from '../broker.ts';
import type { Reader } from '../protocol/reader.ts';
import type { Writer } from '../protocol/writer.ts';

/** What the server remembers of a connection. */
export interface Session {
  readonly remoteAddress: string;
  /** Aborted when the client is gone. */
  readonly closed: AbortSignal;
  /** The SASL mechanism agreed on, before authentication. */
  mechanism: string | undefined;
  /** Whether the client goes on with bare tokens, as after version 0 of SaslHandshake. */
  sendsBareTokens: boolean;
  authenticated: boolean;
  /** Ends the connection then, unless the client has authenticated anew. Milliseconds since 1970. */
  expireAt(time: number): void;
}

/** One request and its surroundings. */
export interface Call {
  readonly broker: Broker;
  readonly session: Session;
  readonly clientId: string;
  readonly version: number;
}

/** How the answer is to be written. */
export interface AnswerShape {
  readonly version: number;
  readonly throttleMs: number;
}

/** What becomes of the connection after a request. */
export type Ending = 'answer' | 'no-answer' | 'close' | 'answer-and-close';

/** An API as its file describes it: reading, serving and writing apart, so that a fault can come in between. */
export interface ApiDefinition<Request, Response> {
  readonly key: number;
  readonly name: string;
  readonly minVersion: number;
  readonly maxVersion: number;
  read(reader: Reader, version: number): Request;
  serve(request: Request, call: Call): Response | Promise<Response>;
  /** The answer that says `code` wherever this API can say it. */
  refuse(request: Request, code: number): Response;
  write(writer: Writer, response: Response, shape: AnswerShape): void;
  /** The topics or the group that the request is about. */
  targets?(request: Request): readonly string[];
  ending?(request: Request, response: Response): Ending;
}

/** An API as the table of all APIs holds it. */
export interface Api {
  readonly key: number;
  readonly name: string;
  readonly minVersion: number;
  readonly maxVersion: number;
  /** The topics or the group that the request in `reader` is about. */
  targets(reader: Reader, version: number): readonly string[];
  /** Serves the request in `reader` and writes the answer to `writer`. */
  handle(reader: Reader, writer: Writer, call: Call): Promise<Ending>;
}

/** Makes an API of its definition: the order of reading, judging, serving and writing is the same for all. */
export function defineApi<Request, Response>(definition: ApiDefinition<Request, Response>): Api {
  const { key, name, minVersion, maxVersion } = definition;
  return {
    key,
    name,
    minVersion,
    maxVersion,
    targets: (reader, version) => definition.targets?.(definition.read(reader, version)) ?? [],
    async handle(reader, writer, call) {
      const request = definition.read(reader, call.version);
      const verdict = await judge(name, definition.targets?.(request) ?? [], call);
      if (verdict.kind === 'drop') return 'close';
      const response =
        verdict.kind === 'refuse' ? definition.refuse(request, verdict.status) : await definition.serve(request, call);
      if (verdict.kind === 'apply-then-drop') return 'close';
      const throttleMs = (verdict.kind === 'refuse' ? verdict.retryAfterMs : undefined) ?? 0;
      definition.write(writer, response, { version: call.version, throttleMs });
      return definition.ending?.(request, response) ?? 'answer';
    },
  };
}

/** Asks the fault gate. A request still held when the server stops is dropped. */
async function judge(operation: string, targets: readonly string[], { broker, clientId }: Call) {
  const { faults, stopping } = broker;
  if (faults === undefined) return { kind: 'serve' } as const;
  const verdict = faults.judge({ server: 'kafka', operation, targets, client: clientId });
  if (!(verdict instanceof Promise)) return verdict;
  const { promise: stopped, resolve } = Promise.withResolvers<{ kind: 'drop' }>();
  const onStop = () => resolve({ kind: 'drop' });
  stopping.addEventListener('abort', onStop);
  if (stopping.aborted) onStop();
  try {
    return await Promise.race([verdict, stopped]);
  } finally {
    stopping.removeEventListener('abort', onStop);
  }
}
