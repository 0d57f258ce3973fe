import { WorkQueue } from '../../../shared/async/work-queue.ts';
import { openBlobs } from '../../../shared/blobs/open-blobs.ts';
import { allConsumers } from '../../../shared/consuming/all-consumers.ts';
import type { TopicConsumer } from '../../../shared/consuming/topic-consumer.ts';
import { DeadLetters } from '../../../shared/dead-letters/dead-letters.ts';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import { usualSettings } from '../../../shared/events/contracts/tenant-settings.ts';
import { dataSchemaOf } from '../../../shared/events/envelope.ts';
import { noticeLimit } from '../../../shared/http/notice-limit.ts';
import { RateLimiter } from '../../../shared/http/rate-limiter.ts';
import { newId } from '../../../shared/ids.ts';
import { storedBoundary } from '../../../shared/persistence/documents/stored-document.ts';
import { Dispatcher } from '../../../shared/publishing/dispatcher.ts';
import { Admissions } from '../../../shared/runtime/admission/admissions.ts';
import { CommitWatch } from '../../../shared/runtime/commit-watch.ts';
import { DueAtOnce } from '../../../shared/runtime/due-at-once.ts';
import { HeldRequests } from '../../../shared/runtime/held-requests.ts';
import type { Runtime } from '../../../shared/runtime/runtime.ts';
import { createMetrics } from '../../../shared/telemetry/metrics.ts';
import type { ServiceHealth } from '../../../shared/telemetry/service-health.ts';
import type { Tracing } from '../../../shared/telemetry/tracing.ts';
import { benchSettings } from '../bench-settings.ts';
import { Counted } from './counter.ts';
import { type BenchOptions, type KernelBench, kernelBench, noKeys } from './kernel-bench.ts';
import { KnownLag } from './known-lag.ts';
import { KnownTopic } from './known-topic.ts';
import { type FoundLetter, lettersOf } from './letters-of.ts';
import { RecordingTransport } from './recording-transport.ts';
import { silentLog } from './silent-log.ts';

/** The kernel bench with all that capabilities run on. */
export interface RuntimeBench extends KernelBench {
  readonly runtime: Runtime;
  readonly transport: RecordingTransport;
  readonly lag: KnownLag;
  /** How the services are; a test changes it. */
  readonly health: Map<string, ServiceHealth>;
  /** The consumers that operators see; a test adds to them. */
  readonly consumers: TopicConsumer[];
  /** What is on the bus to be read once more. */
  readonly topic: KnownTopic;
  /** Dead letters of the day on which the bench's clock begins. */
  readonly deadLetters: () => Promise<readonly FoundLetter[]>;
}

const settings = benchSettings();

export async function runtimeBench(tracing?: Tracing, options?: BenchOptions): Promise<RuntimeBench> {
  const bench = await kernelBench(options);
  const { clock, containerOf, open } = bench;
  const metrics = createMetrics();
  const transport = new RecordingTransport();
  const lag = new KnownLag();
  const topic = new KnownTopic();
  const health = new Map<string, ServiceHealth>();
  const consumers: TopicConsumer[] = [];
  const dispatcher = new Dispatcher({ transport, clock, log: silentLog, metrics, tracing, longestWaitMs: 200 });
  const commitWatch = new CommitWatch();
  const heldRequests = new HeldRequests();
  const admissions = new Admissions(settings.DECISION_WAIT, clock, heldRequests);
  const dueAtOnce = new DueAtOnce(clock);
  const openUnitOfWork: Runtime['openUnitOfWork'] = ({ boundary, ...opening }) =>
    open(boundary, {
      ...opening,
      tracing,
      carried: dispatcher,
      onCommitted(outbox, container, carrier) {
        dispatcher.dispatch(outbox, container, carrier);
        commitWatch.tell(container.name, outbox.boundary);
        admissions.tell(container.name, outbox.boundary);
      },
      onDue: (document) => dueAtOnce.tell(opening.service, document),
    });
  const deadLetters = new DeadLetters({
    open: (boundary, cause) =>
      openUnitOfWork({ service: deadLettersContainer, boundary: storedBoundary(cause.tenant, boundary), cause }),
    container: containerOf(deadLettersContainer),
    clock,
    log: silentLog,
    metrics,
  });
  const mayNotice = noticeLimit(clock);
  return {
    ...bench,
    transport,
    lag,
    health,
    consumers,
    topic,
    runtime: {
      settings,
      settingDefaults: usualSettings,
      clock,
      newId,
      log: silentLog,
      metrics,
      tracing,
      transport,
      consumers: allConsumers(consumers, lag, clock),
      topicReader: topic,
      dispatcher,
      commitWatch,
      admissions,
      heldRequests,
      dueAtOnce,
      knowsEvent: ({ dataschema }) => dataschema === dataSchemaOf(Counted.type, Counted.version),
      deadLetterService: deadLettersContainer,
      deadLetters,
      limiter: new RateLimiter({ perSecond: settings.RATE_LIMIT, burst: settings.RATE_LIMIT_BURST }, clock),
      authLimiter: new RateLimiter({ perSecond: 0, burst: 1 }, clock),
      heavyWork: new WorkQueue({ atOnce: 1, waiting: 1 }),
      checksOf: () => ({}),
      health: async () => health,
      blobsOf: openBlobs(settings),
      containerOf,
      lookupOf: bench.lookupOf,
      openUnitOfWork,
      mayNotice,
      noticeRefusal: () => Promise.resolve(),
      signingKeys: noKeys,
      verifyToken: async (token) => ({ sub: token, tenant: 'main', roles: ['admin'] }),
    },
    deadLetters: () => lettersOf(bench, '2026-11-22'),
  };
}
