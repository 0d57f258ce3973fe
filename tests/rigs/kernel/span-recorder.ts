import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { Tracing } from '../../../shared/telemetry/tracing.ts';

/** What a span says of itself, and where it is. */
export interface RecordedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly parent: string | undefined;
  readonly traceparent: string;
  readonly attributes: ReadableSpan['attributes'];
  readonly isError: boolean;
}

/** Keeps the spans that have ended, in that order. */
export interface SpanRecorder {
  readonly tracing: Tracing;
  readonly spans: () => readonly RecordedSpan[];
}

const errorStatus = 2;

export function recordSpans(): SpanRecorder {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  return {
    tracing: new Tracing(provider.getTracer('test')),
    spans: () => exporter.getFinishedSpans().map(recorded),
  };
}

function recorded(span: ReadableSpan): RecordedSpan {
  const { name, attributes, status, parentSpanContext } = span;
  const { traceId, spanId, traceFlags } = span.spanContext();
  const at = (id: string) => `00-${traceId}-${id}-0${traceFlags}`;
  return {
    name,
    attributes,
    traceId,
    traceparent: at(spanId),
    parent: parentSpanContext === undefined ? undefined : at(parentSpanContext.spanId),
    isError: status.code === errorStatus,
  };
}
