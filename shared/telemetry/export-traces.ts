import { context, DiagLogLevel, diag } from '@opentelemetry/api';
import { systemClock } from '../clock.ts';
import type { Settings } from '../settings/settings.ts';
import { errorText, jsonLog, type Log } from './log.ts';
import { Tracing } from './tracing.ts';

/** Spans on their way to a collector. */
export interface TraceExport {
  readonly tracing: Tracing;
  /** Sends what waits, for a few seconds at most, and ends. */
  readonly stop: () => Promise<void>;
}

type ExportSettings = Pick<Settings, 'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_SERVICE_NAME'>;

/** How long a collector may take; also what a stop waits for, where it is away. */
const timeoutMs = 3_000;

/**
 * Sends spans to the collector of the settings by OTLP over HTTP; where they name none, nothing is loaded and nothing is
 * made. What else the SDK can be told by environment (OTEL_RESOURCE_ATTRIBUTES, OTEL_TRACES_SAMPLER, OTEL_BSP_SCHEDULE_DELAY,
 * OTEL_EXPORTER_OTLP_HEADERS) it reads itself.
 * Source: https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export async function exportTraces(
  settings: ExportSettings,
  log = jsonLog(() => systemClock.now()),
): Promise<TraceExport | undefined> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: serviceName } = settings;
  if (endpoint === undefined) return undefined;
  const sdk = await import('./trace-sdk.ts');
  const exporter = new sdk.OTLPTraceExporter({ url: tracesUrl(endpoint), timeoutMillis: timeoutMs });
  const provider = new sdk.BasicTracerProvider({
    resource: sdk
      .defaultResource()
      .merge(sdk.resourceFromAttributes({ 'service.name': serviceName }))
      .merge(sdk.detectResources({ detectors: [sdk.envDetector] })),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter, { exportTimeoutMillis: timeoutMs })],
  });
  context.setGlobalContextManager(new sdk.AsyncLocalStorageContextManager().enable());
  hearComplaints(log);
  return {
    tracing: new Tracing(provider.getTracer('lagerhaus')),
    stop: () =>
      provider
        .shutdown()
        .catch((error: unknown) => log.warn('trace export failed, spans lost', { error: errorText(error) })),
  };
}

/** The path of the signal below the endpoint. Source: https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp */
function tracesUrl(endpoint: string): string {
  return new URL('v1/traces', endpoint.endsWith('/') ? endpoint : `${endpoint}/`).href;
}

/** The SDK tells nobody of a collector that is away, unless asked. */
function hearComplaints(log: Log): void {
  const silent = () => undefined;
  const complain = (message: string) => log.warn('trace collector unreachable', { error: message });
  const logger = { verbose: silent, debug: silent, info: silent, warn: complain, error: complain };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}
