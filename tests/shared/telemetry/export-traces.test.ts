import { SpanKind } from '@opentelemetry/api';
import { expect, it, onTestFinished, vi } from 'vitest';
import { exportTraces } from '../../../shared/telemetry/export-traces.ts';
import type { Log, LogFields } from '../../../shared/telemetry/log.ts';
import type { SpanDescription } from '../../../shared/telemetry/tracing.ts';
import { startTraceCollector } from '../../rigs/clients/trace-collector.ts';
import { silentLog } from '../../rigs/kernel/silent-log.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const parent = `00-${traceId}-b7ad6b7169203331`;
const span = (flags: string): SpanDescription => ({
  name: 'work',
  kind: SpanKind.INTERNAL,
  attributes: {},
  parent: `${parent}-${flags}`,
});
const settingsFor = (endpoint: string | undefined) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_SERVICE_NAME: 'lagerhaus',
});
const nothing = async () => undefined;

async function collectorOfTest() {
  const collector = await startTraceCollector();
  onTestFinished(() => collector.close());
  return collector;
}

it('tracing is off without a collector', async () => {
  expect(await exportTraces(settingsFor(undefined), silentLog)).toBeUndefined();
});

it.each([
  '',
  '/',
  '/behind/a/proxy',
  '/behind/a/proxy/',
])('pending spans are sent below the endpoint path "%s" on shutdown', async (path) => {
  const collector = await collectorOfTest();
  const traces = await exportTraces(settingsFor(`${collector.url}${path}`), silentLog);
  await traces?.tracing.within(span('01'), nothing);
  await traces?.stop();
  expect(collector.trace(traceId)).toMatchObject([{ name: 'work', parentSpanId: 'b7ad6b7169203331' }]);
  expect(collector.paths).toEqual([`${path.replace(/\/$/, '')}/v1/traces`]);
});

it('traces name their service, the attributes of OTEL_RESOURCE_ATTRIBUTES, and the SDK', async () => {
  vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'deployment.environment.name=staging,service.version=1.2.3,team=a%2Cb');
  onTestFinished(() => void vi.unstubAllEnvs());
  const collector = await collectorOfTest();
  const traces = await exportTraces(settingsFor(collector.url), silentLog);
  await traces?.tracing.within(span('01'), nothing);
  await traces?.stop();
  expect(collector.resources).toMatchObject([
    {
      'service.name': 'lagerhaus',
      'service.version': '1.2.3',
      'deployment.environment.name': 'staging',
      team: 'a,b',
      'telemetry.sdk.name': 'opentelemetry',
      'telemetry.sdk.language': 'nodejs',
    },
  ]);
  expect(collector.resources[0]).toHaveProperty(['telemetry.sdk.version']);
});

it('a service.name of OTEL_RESOURCE_ATTRIBUTES counts where OTEL_SERVICE_NAME is not set, and not where it is', async () => {
  vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'service.name=shop');
  onTestFinished(() => void vi.unstubAllEnvs());
  const collector = await collectorOfTest();
  for (const name of [undefined, 'depot']) {
    vi.stubEnv('OTEL_SERVICE_NAME', name);
    const traces = await exportTraces(settingsFor(collector.url), silentLog);
    await traces?.tracing.within(span('01'), nothing);
    await traces?.stop();
  }
  expect(collector.resources).toMatchObject([{ 'service.name': 'shop' }, { 'service.name': 'depot' }]);
});

it('a trace that its caller does not sample is not exported', async () => {
  const collector = await collectorOfTest();
  const traces = await exportTraces(settingsFor(collector.url), silentLog);
  await traces?.tracing.within(span('00'), nothing);
  await traces?.stop();
  expect(collector.trace(traceId)).toEqual([]);
});

it('an unreachable collector blocks neither work nor shutdown, and is logged', async () => {
  vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '1');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { url, close } = await startTraceCollector();
  await close();
  const warn = vi.fn<(message: string, fields?: LogFields) => void>();
  const log: Log = { ...silentLog, warn };
  const traces = await exportTraces(settingsFor(url), log);
  expect(await traces?.tracing.within(span('01'), async () => 'done')).toBe('done');
  const told = (message: string) => expect(warn).toHaveBeenCalledWith(message, expect.anything());
  await vi.waitFor(() => told('trace collector unreachable'), 10_000);
  await traces?.tracing.within(span('01'), nothing);
  await traces?.stop();
  told('trace export failed, spans lost');
});
