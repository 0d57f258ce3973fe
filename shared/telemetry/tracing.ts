import {
  type Attributes,
  context,
  ROOT_CONTEXT,
  type Span,
  type SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { Traceparent } from './traceparent.ts';

/** What a span is to say; names and attributes follow https://opentelemetry.io/docs/specs/semconv/ */
export interface SpanDescription {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
  /** The traceparent of what it follows from; without one, it begins a trace. */
  readonly parent: string | undefined;
}

/** Says of all spans of a piece of work what is known only once it is done. */
export type TellSpans = (attributes: Attributes) => void;

/**
 * Tells what is done as spans. Parents are handed over as traceparents, not found in the surroundings: an event is handled
 * long after and elsewhere, and one commit may serve many traces.
 *
 * It exists only where somebody listens. Elsewhere there is `undefined` in its place, so that nothing is made in vain.
 */
export class Tracing {
  readonly #tracer: Tracer;

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  /** Does the work within a span, which ends with it, as an error where it throws. */
  async within<T>(description: SpanDescription, work: (span: Span) => Promise<T>): Promise<T> {
    const span = this.#start(description);
    try {
      // Active for whatever else speaks OpenTelemetry in there, such as the instrumentation of a client library.
      return await context.with(trace.setSpan(context.active(), span), () => work(span));
    } catch (error) {
      markFailed(span, error);
      throw error;
    } finally {
      span.end();
    }
  }

  /** Does one piece of work that several traces wait for: each of them shows it as a span of its own. */
  async withinEach<T>(descriptions: readonly SpanDescription[], work: (tell: TellSpans) => Promise<T>): Promise<T> {
    const spans = descriptions.map((description) => this.#start(description));
    try {
      return await work((attributes) => {
        for (const span of spans) span.setAttributes(attributes);
      });
    } catch (error) {
      for (const span of spans) markFailed(span, error);
      throw error;
    } finally {
      for (const span of spans) span.end();
    }
  }

  #start({ name, kind, attributes, parent }: SpanDescription): Span {
    return this.#tracer.startSpan(name, { kind, attributes }, contextOf(parent));
  }
}

/** Where the span is, for those who follow from it. */
export function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

/** A malformed parent is none: the span begins a trace. */
function contextOf(parent: string | undefined) {
  const { success, data } = Traceparent.safeParse(parent);
  if (!success) return ROOT_CONTEXT;
  const [, traceId = '', spanId = '', flags = ''] = data.split('-');
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
  });
}

/** Ends up as an error in whatever shows the span. */
export function markFailed(span: Span, error: unknown): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  span.setAttribute('error.type', name);
  span.recordException({ name, message });
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}
