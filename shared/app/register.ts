import { app } from '@azure/functions';
import { type ReceivedRecord, recordsOf, recordsOfEventHub } from '../bus/received-record.ts';
import type { Service } from '../capabilities/define-service.ts';
import { AtEase } from '../consuming/at-ease.ts';
import { consumeBatch } from '../consuming/consume-batch.ts';
import type { TopicConsumer } from '../consuming/topic-consumer.ts';
import { EffectLane } from '../effects/effect-lane.ts';
import { healthEndpoint } from '../health/health.ts';
import { withProviders } from '../health/provider-health.ts';
import { consumeDependencies } from '../runtime/consume-dependencies.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { endpointRoute } from '../serving/endpoints/endpoint-route.ts';
import { openApi } from '../serving/openapi/open-api.ts';
import { docsRoute } from '../serving/pages/docs-route.ts';
import { keySetRoute } from '../serving/pages/key-set-route.ts';
import { metricsRoute } from '../serving/pages/metrics-route.ts';
import { openApiRoute } from '../serving/pages/open-api-route.ts';
import type { Route } from '../serving/route.ts';
import { serveRoute } from '../serving/serve-route.ts';
import { unmatchedRoute } from '../serving/unmatched-route.ts';
import { consumersOf } from './consumers-of.ts';
import { eventHubsTrigger, withoutEnd } from './event-hubs-trigger.ts';
import { kafkaTrigger } from './kafka-trigger.ts';
import { registerSweep } from './register-sweep.ts';
import { unlessStopping } from './unless-stopping.ts';
import { WrittenResponse } from './written-response.ts';

/** Registers the capabilities of the services as Azure Functions. */
export function registerServices(services: readonly Service[], runtime: Runtime): void {
  const stopping = new AbortController();
  for (const service of services) {
    for (const consumer of consumersOf(service, runtime.settings)) registerConsumer(consumer, runtime, stopping.signal);
  }
  const lanes = services.flatMap(({ name, effects }) => effects.map((one) => new EffectLane(one, name, runtime)));
  registerRoutes(routesOf(services, lanes, runtime), runtime);
  registerSweep(services, lanes, runtime);
  app.hook.appTerminate(async () => {
    stopping.abort();
    await runtime.dispatcher.drain();
    await runtime.transport.close();
    await Promise.all([runtime.consumers.close(), runtime.topicReader.close()]);
  });
}

/** What the services serve, and what every app serves whatever its services. */
function routesOf(services: readonly Service[], lanes: readonly EffectLane[], runtime: Runtime): readonly Route[] {
  const endpoints = services.flatMap(({ name: service, endpoints: own }) =>
    own.map((endpoint) => endpointRoute(endpoint, { service, runtime })),
  );
  const { deadLetterService } = runtime;
  const containers = new Set([...services.map(({ name }) => name), deadLetterService]);
  return [
    ...endpoints,
    endpointRoute(healthEndpoint(services, withProviders(runtime.checksOf, lanes)), {
      service: deadLetterService,
      runtime,
    }),
    keySetRoute(runtime.signingKeys, runtime.clock),
    metricsRoute([...containers].map(runtime.containerOf), lanes, runtime),
    docsRoute(),
    openApiRoute(() => openApi(services, deadLetterService)),
  ];
}

function registerRoutes(routes: readonly Route[], runtime: Runtime): void {
  for (const route of [...routes, unmatchedRoute(routes, runtime.settings)]) {
    app.http(route.name, {
      methods: [...route.methods],
      route: route.route,
      authLevel: 'anonymous',
      handler: async (request, { traceContext }) =>
        new WrittenResponse(await serveRoute(route, request, runtime, traceContext?.traceParent)),
    });
  }
}

function registerConsumer(consumer: TopicConsumer, runtime: Runtime, stopping: AbortSignal): void {
  const { settings, log } = runtime;
  const dependencies = consumeDependencies(consumer.service, runtime);
  const ease = new AtEase(consumer, runtime.clock);
  const consume = (records: readonly ReceivedRecord[]) =>
    ease.after(consumeBatch(records, consumer, dependencies), records.length);
  // The programming model has no word for Kafka, and none for bytes from Event Hubs, so the bindings are spelled out.
  if (settings.EVENT_TRIGGER === 'kafka') {
    app.generic(consumer.name, {
      trigger: kafkaTrigger(consumer, settings),
      handler: (events: unknown) => consume(recordsOf(events)),
    });
    return;
  }
  app.generic(consumer.name, {
    trigger: eventHubsTrigger(consumer),
    retry: withoutEnd,
    handler: (messages: unknown, { triggerMetadata }) =>
      unlessStopping(() => consume(recordsOfEventHub(messages, triggerMetadata)), stopping, log),
  });
}
