import { isDisabled } from './app/disabled.ts';
import { startApp } from './app/function-app.ts';
import { checkFunction, triggerOf } from './app/trigger.ts';
import type { EventHubsListenerOptions } from './event-hubs/event-hubs-listener.ts';
import { readEventHubsTrigger } from './event-hubs/event-hubs-trigger.ts';
import { type HostJson, readHostJson } from './host-json.ts';
import { Router } from './http/router.ts';
import { type HttpServer, startHttpServer } from './http/server.ts';
import { startKafkaListener } from './kafka/kafka-listener.ts';
import { readKafkaTrigger } from './kafka/kafka-trigger.ts';
import { atLevels, type HostLog, logToConsole } from './log.ts';
import type { Settings } from './settings.ts';
import { StartupError } from './startup-error.ts';
import { startTimerListener } from './timer/timer-listener.ts';
import { readTimerTrigger } from './timer/timer-trigger.ts';

export type { HostLogEntry } from './log.ts';

export interface FunctionsHostOptions {
  /** The folder with host.json and package.json. */
  readonly appDir: string;
  /** 0 is a free one. Default 7071. */
  readonly port?: number;
  /** Resolves `%NAME%` in bindings, and disables functions; what the app itself reads is its process' environment. */
  readonly settings: Settings;
  /** Default: a line of text for each entry on stdout or stderr. */
  readonly log?: HostLog;
}

/** What runs under a name. */
export interface FunctionSummary {
  readonly name: string;
  readonly trigger: string;
}

export interface FunctionsHost {
  readonly url: string;
  readonly functions: readonly FunctionSummary[];
  /** Resolves when every consumer has joined its group, which takes as long as their brokers are away. */
  readonly ready: Promise<void>;
  /** Takes nothing new, finishes what is under way, then runs the app's appTerminate hooks. */
  stop(): Promise<void>;
}

/**
 * Runs an app written with `@azure/functions` (v4 model) as Azure's host and Node worker do together: HTTP, Kafka, Event
 * Hubs and timer triggers. One app a process, which it tells its own address (`WEBSITE_HOSTNAME`).
 *
 * @returns when HTTP listens and timers run, before its consumers have joined their groups.
 * @throws StartupError naming what to change.
 */
export async function startFunctionsHost(options: FunctionsHostOptions): Promise<FunctionsHost> {
  const { appDir, settings } = options;
  const hostJson = await readHostJson(appDir, settings);
  const log = atLevels(hostJson.logging.logLevel, options.log ?? logToConsole);
  // As on Azure, the app knows from its beginning where it is reached.
  const routing = Promise.withResolvers<Router>();
  const http = await startHttp(routing.promise, hostJson, log, options);
  process.env.WEBSITE_HOSTNAME = new URL(http.url).host;
  const app = await startApp(appDir, log);
  const enabled = app.functions.filter(({ metadata }) => !isDisabled(metadata.name, settings));
  const byTrigger = Map.groupBy(enabled, ({ metadata }) => checkFunction(metadata));
  const timers = (byTrigger.get('timertrigger') ?? []).map((target) => ({
    target,
    trigger: readTimerTrigger(target.metadata, settings),
  }));
  const consumers = await Promise.all(
    (byTrigger.get('kafkatrigger') ?? []).map(async (target) => ({
      target,
      trigger: await readKafkaTrigger(target.metadata, appDir, settings),
    })),
  );
  const processors = (byTrigger.get('eventhubtrigger') ?? []).map((target) => ({
    target,
    trigger: readEventHubsTrigger(target.metadata, settings),
  }));
  const releaseIntervalMs = releaseIntervalOf(settings);
  routing.resolve(new Router(byTrigger.get('httptrigger') ?? [], hostJson.extensions.http.routePrefix));
  const { kafka, eventHubs } = hostJson.extensions;
  const listeners = [
    ...consumers.map((consumer) => startKafkaListener({ ...consumer, kafka, releaseIntervalMs, log })),
    ...(await startProcessors(processors, { eventHubs, log })),
  ];
  const running = timers.map(({ trigger, target }) => startTimerListener(trigger, target));
  let stopped: Promise<void> | undefined;
  return {
    url: http.url,
    functions: enabled.map(({ metadata }) => ({
      name: metadata.name,
      trigger: triggerOf(metadata).binding.type,
    })),
    ready: Promise.all(listeners.map(({ joined }) => joined)).then(() => undefined),
    stop() {
      stopped ??= Promise.all([http, ...listeners, ...running].map((part) => part.stop())).then(app.terminate);
      return stopped;
    },
  };
}

/** Azure's libraries are large: an app without Event Hubs does not wait for them. */
async function startProcessors(
  processors: readonly Pick<EventHubsListenerOptions, 'target' | 'trigger'>[],
  shared: Pick<EventHubsListenerOptions, 'eventHubs' | 'log'>,
) {
  if (processors.length === 0) return [];
  const { startEventHubsListener } = await import('./event-hubs/event-hubs-listener.ts');
  return processors.map((processor) => startEventHubsListener({ ...processor, ...shared }));
}

/** FUNCTIONS_REQUEST_BODY_SIZE_LIMIT of the real host, in bytes, and its default. */
const defaultBodyLimit = 104_857_600;

function startHttp(
  router: Promise<Router>,
  { extensions }: HostJson,
  log: HostLog,
  { port = 7071, settings }: FunctionsHostOptions,
): Promise<HttpServer> {
  return startHttpServer({
    router,
    port,
    limits: extensions.http,
    bodyLimit: numberIn(settings, 'FUNCTIONS_REQUEST_BODY_SIZE_LIMIT', defaultBodyLimit),
    peerHeader: settings.PEER_ADDRESS_HEADER || undefined,
    log,
  });
}

/**
 * The extension gathers events for whole seconds, at least one (host.json: subscriberIntervalInSeconds). That is for
 * Azure; locally this setting decides, and by default events are passed on at once.
 */
function releaseIntervalOf(settings: Settings): number {
  return numberIn(settings, 'KAFKA_SUBSCRIBER_INTERVAL_SECONDS', 0) * 1000;
}

function numberIn(settings: Settings, name: string, otherwise: number): number {
  const text = settings[name];
  const value = text === undefined || text === '' ? otherwise : Number(text);
  if (!(value >= 0)) throw new StartupError(`The setting ${name} is "${text}", which is no number from 0.`);
  return value;
}
