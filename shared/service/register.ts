import { app } from '@azure/functions';
import { consumeBatch } from '../messaging/consume-batch.ts';
import { recordsOf } from '../messaging/received-record.ts';
import { operationsService } from '../persistence/dead-letter.ts';
import { timed } from '../telemetry/timed.ts';
import { consumersOf, type TopicConsumer } from './consumers.ts';
import { deadLetterRetry } from './dead-letter-retry.ts';
import type { Service } from './define-service.ts';
import type { Endpoint } from './endpoint.ts';
import { healthEndpoint } from './health.ts';
import { kafkaTrigger } from './kafka-trigger.ts';
import type { Runtime } from './runtime.ts';
import { serveEndpoint } from './serve-endpoint.ts';
import { serveMetrics } from './serve-metrics.ts';
import { sweep } from './sweep.ts';

/** Registers the capabilities of the services as Azure Functions. */
export function registerServices(services: readonly Service[], runtime: Runtime): void {
  for (const service of services) {
    for (const endpoint of service.endpoints) registerEndpoint(endpoint, service.name, runtime);
    for (const consumer of consumersOf(service, runtime.settings)) registerConsumer(consumer, service.name, runtime);
  }
  registerEndpoint(healthEndpoint(services, runtime), operationsService, runtime);
  registerMetrics(services, runtime);
  registerSweep(services, runtime);
  app.hook.appTerminate(async () => {
    await runtime.dispatcher.drain();
    await runtime.transport.close();
    await runtime.consumers.close();
  });
}

function registerEndpoint(endpoint: Endpoint, service: string, runtime: Runtime): void {
  app.http(endpoint.name, {
    methods: [endpoint.method],
    route: endpoint.route,
    authLevel: 'anonymous',
    handler: (request) => serveEndpoint(endpoint, request, { service, runtime }),
  });
}

/** The programming model has no word for Kafka, so the binding is spelled out. */
function registerConsumer(consumer: TopicConsumer, service: string, runtime: Runtime): void {
  const { settings, clock, log, metrics, tracing, deadLetters, containerOf, openUnitOfWork } = runtime;
  app.generic(consumer.name, {
    trigger: kafkaTrigger(consumer, settings),
    handler: (events: unknown) =>
      consumeBatch(recordsOf(events), consumer, {
        open: (boundary, cause, isRetry) => openUnitOfWork({ service, boundary, cause, isRetry }),
        existing: (boundary, ids) => containerOf(service).existing(boundary, ids),
        deadLetters,
        clock,
        retryWindowMs: settings.BATCH_RETRY_WINDOW,
        log,
        metrics,
        tracing,
      }),
  });
}

function registerMetrics(services: readonly Service[], runtime: Runtime): void {
  const names = new Set([...services.map(({ name }) => name), operationsService]);
  const containers = [...names].map((name) => runtime.containerOf(name));
  app.http('metrics', {
    methods: ['GET'],
    route: 'metrics',
    authLevel: 'anonymous',
    handler: (request) => serveMetrics(request, containers, runtime),
  });
}

/** Whatever an app runs, it sees to the dead letters. */
function registerSweep(services: readonly Service[], runtime: Runtime): void {
  const others = services.filter(({ name }) => name !== operationsService);
  const swept = [...others, { name: operationsService, deadlines: [deadLetterRetry(runtime)] }];
  app.timer('sweep', {
    schedule: '%SWEEP_SCHEDULE%',
    handler: () => timed(runtime.metrics, 'sweep', () => sweep(swept, runtime)),
  });
}
