import type { ConsumeDependencies } from '../consuming/consumer.ts';
import { Reader } from '../persistence/reading/reader.ts';
import type { Runtime } from './runtime.ts';

/** What the consumers of a service run on. */
export function consumeDependencies(
  service: string,
  { settings, clock, log, metrics, tracing, deadLetters, containerOf, lookupOf, openUnitOfWork }: Runtime,
): ConsumeDependencies {
  return {
    open: (boundary, cause, isRetry) => openUnitOfWork({ service, boundary, cause, isRetry, recalls: true }),
    existing: (boundary, ids) => containerOf(service).existing(boundary, ids),
    readerOf: (tenant) => new Reader(containerOf(service), tenant),
    lookupOf,
    deadLetters,
    clock,
    settings,
    retryWindowMs: settings.BATCH_RETRY_WINDOW,
    log,
    metrics,
    tracing,
  };
}
