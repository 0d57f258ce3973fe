import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

const Value = z.union([
  z.object({ stringValue: z.string() }).transform(({ stringValue }) => stringValue),
  z.object({ intValue: z.coerce.number() }).transform(({ intValue }) => intValue),
  z.looseObject({}).transform(() => undefined),
]);

const Attributes = z
  .array(z.object({ key: z.string(), value: Value }))
  .transform((list) => Object.fromEntries(list.map(({ key, value }) => [key, value])));

/** A span in OTLP's JSON. Source: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
const Span = z.object({
  name: z.string(),
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  attributes: Attributes,
});
export type CollectedSpan = z.output<typeof Span>;

const Export = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: Attributes }),
      scopeSpans: z.array(z.object({ spans: z.array(Span) })),
    }),
  ),
});

/** Takes traces by OTLP over HTTP, as a collector does, and keeps them. */
export interface TraceCollector {
  readonly url: string;
  /** The paths that were asked for, in order. */
  readonly paths: readonly string[];
  /** What sent them says of itself, once a request. */
  readonly resources: readonly Readonly<Record<string, unknown>>[];
  /** The spans of a trace that have arrived so far. */
  trace(traceId: string): readonly CollectedSpan[];
  close(): Promise<void>;
}

export async function startTraceCollector(): Promise<TraceCollector> {
  const collected: CollectedSpan[] = [];
  const paths: string[] = [];
  const resources: Readonly<Record<string, unknown>>[] = [];
  const server = createServer(async (request, response) => {
    paths.push(request.url ?? '');
    const { resourceSpans } = Export.parse(await json(request));
    resources.push(...resourceSpans.map(({ resource }) => resource.attributes));
    collected.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)));
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    paths,
    resources,
    trace: (traceId) => collected.filter((span) => span.traceId === traceId),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
