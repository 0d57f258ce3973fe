import type { Clock } from '../clock.ts';
import type { DeadLetters } from '../dead-letters/dead-letters.ts';
import type { Cause } from '../events/cause.ts';
import type { Lookup } from '../lookups/define-lookup.ts';
import type { UnitOfWork } from '../persistence/commit/unit-of-work.ts';
import type { Reader } from '../persistence/reading/reader.ts';
import type { Settings } from '../settings/settings.ts';
import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import type { Reaction } from './reaction.ts';

/** The reactions of one service to one topic, which see a key's events in their order. */
export interface Consumer {
  readonly name: string;
  readonly reactions: readonly Reaction[];
  /** What the names of boundaries begin with that reactions of other consumers of the service erase. */
  readonly erasable?: readonly string[] | undefined;
}

export interface ConsumeDependencies {
  /** Opens a unit of work of the service in a stored boundary. */
  readonly open: (storedBoundary: string, cause: Cause, isRetry: boolean) => UnitOfWork;
  /** Those of the markers that exist in a stored boundary. */
  readonly existing: (storedBoundary: string, markers: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Reads what the service has of a tenant. */
  readonly readerOf: (tenant: string) => Reader;
  /** Asks other services about a tenant. */
  readonly lookupOf: (tenant: string) => Lookup;
  readonly deadLetters: DeadLetters;
  readonly clock: Clock;
  readonly settings: Settings;
  /** How long a batch is held before the host is asked to deliver it again. */
  readonly retryWindowMs: number;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing?: Tracing | undefined;
}
