import type { WorkQueue } from '../async/work-queue.ts';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { TopicReader } from '../bus/topic-reader.ts';
import type { Transport } from '../bus/transport.ts';
import type { Clock } from '../clock.ts';
import type { AllConsumers } from '../consuming/all-consumers.ts';
import type { DeadLetters } from '../dead-letters/dead-letters.ts';
import type { Cause } from '../events/cause.ts';
import type { SettingsInForce } from '../events/contracts/tenant-settings.ts';
import type { Envelope } from '../events/envelope.ts';
import type { NoticeLimit } from '../http/notice-limit.ts';
import type { RateLimiter } from '../http/rate-limiter.ts';
import type { NewId } from '../ids.ts';
import type { Lookup } from '../lookups/define-lookup.ts';
import type { Rebuild } from '../persistence/commit/tracked.ts';
import type { UnitOfWork } from '../persistence/commit/unit-of-work.ts';
import type { Charge, DocumentContainer } from '../persistence/documents/document-container.ts';
import type { Dispatcher } from '../publishing/dispatcher.ts';
import type { KeySource } from '../security/key-source.ts';
import type { Principal } from '../security/principal.ts';
import type { TokenVerifier } from '../security/token-verifier.ts';
import type { Settings } from '../settings/settings.ts';
import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { ChecksOf, ReadHealth } from '../telemetry/service-health.ts';
import type { TraceContext } from '../telemetry/trace-context.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import type { Admissions } from './admission/admissions.ts';
import type { CommitWatch } from './commit-watch.ts';
import type { DueAtOnce } from './due-at-once.ts';
import type { HeldRequests } from './held-requests.ts';

/** Everything that the capabilities run on, made once for a process. */
export interface Runtime {
  readonly settings: Settings;
  /** What is in force for a tenant that has set nothing. */
  readonly settingDefaults: SettingsInForce;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Absent where nobody takes traces. */
  readonly tracing?: Tracing | undefined;
  readonly transport: Transport;
  readonly consumers: AllConsumers;
  readonly topicReader: TopicReader;
  readonly dispatcher: Dispatcher;
  /** Tells whoever waits for a boundary of the commits of this process. */
  readonly commitWatch: CommitWatch;
  /** Lets in what is decided later, for as long as it is decided in time. */
  readonly admissions: Admissions;
  /** Those of its requests that wait for a decision. */
  readonly heldRequests: HeldRequests;
  /** Hears of each document that a commit of this process has made due. */
  readonly dueAtOnce: DueAtOnce;
  /** Whether this code knows an event, in the version that it is of. */
  readonly knowsEvent: (envelope: Envelope) => boolean;
  /** The service that has the dead letters and the replays of all. */
  readonly deadLetterService: string;
  readonly deadLetters: DeadLetters;
  /** By which the system's own tokens are signed and verified. */
  readonly signingKeys: KeySource;
  readonly verifyToken: TokenVerifier;
  readonly limiter: RateLimiter;
  /** For what asks for passwords and sessions, besides the other. */
  readonly authLimiter: RateLimiter;
  /** Where whatever keeps a core busy for long has its turn. */
  readonly heavyWork: WorkQueue;
  readonly mayNotice: NoticeLimit;
  /** Lets security hear of a caller who was refused what is for admins alone; not each time. */
  readonly noticeRefusal: (refused: Refused) => Promise<void>;
  /** What each service depends on, whichever of them this app runs. */
  readonly checksOf: ChecksOf;
  /** How all of them are. */
  readonly health: ReadHealth;
  /** The files of a service and a tenant. */
  readonly blobsOf: (service: string, tenant: string) => BlobStore;
  readonly containerOf: (service: string) => DocumentContainer;
  /** Asks other services about a tenant; what that is charged is told, where somebody takes note. */
  readonly lookupOf: (tenant: string, charge?: Charge) => Lookup;
  readonly openUnitOfWork: (opening: Opening) => UnitOfWork;
}

/** Whom a route has refused. */
export interface Refused {
  readonly caller: Principal;
  readonly capability: string;
  readonly trace: TraceContext;
}

/** Which unit of work to open. */
export interface Opening {
  readonly service: string;
  /** The stored boundary, tenant included. */
  readonly boundary: string;
  readonly cause: Cause;
  readonly isRetry?: boolean;
  readonly recalls?: boolean;
  readonly rebuild?: Rebuild | undefined;
  /** Takes note of what this unit of work alone is charged. */
  readonly charge?: Charge;
}
