import { openBlobs } from '../blobs/open-blobs.ts';
import type { Bus } from '../bus/bus.ts';
import type { Service } from '../capabilities/define-service.ts';
import { settingsInForce } from '../capabilities/tenant-settings.ts';
import { type Clock, systemClock } from '../clock.ts';
import { allConsumers } from '../consuming/all-consumers.ts';
import { DeadLetters } from '../dead-letters/dead-letters.ts';
import { deadLetterServiceOf } from '../dead-letters/dead-letters-container.ts';
import type { Cause } from '../events/cause.ts';
import { knowsEvent } from '../events/registry.ts';
import { readHealth } from '../health/health.ts';
import { healthChecks } from '../health/health-checks.ts';
import { tellsClientsApart } from '../http/client-address.ts';
import { noticeLimit } from '../http/notice-limit.ts';
import { RateLimiter } from '../http/rate-limiter.ts';
import { newId } from '../ids.ts';
import type { LookupContract } from '../lookups/define-lookup.ts';
import { UnitOfWork } from '../persistence/commit/unit-of-work.ts';
import type { OnCommitted } from '../persistence/commit/unit-of-work-options.ts';
import { openDatabase } from '../persistence/cosmos/cosmos.ts';
import { DocumentContainer } from '../persistence/documents/document-container.ts';
import { RecentDocuments } from '../persistence/documents/recent-documents.ts';
import { type StoredDocument, storedBoundary } from '../persistence/documents/stored-document.ts';
import { Dispatcher } from '../publishing/dispatcher.ts';
import { Admissions } from '../runtime/admission/admissions.ts';
import { CommitWatch } from '../runtime/commit-watch.ts';
import { DueAtOnce } from '../runtime/due-at-once.ts';
import { HeldRequests } from '../runtime/held-requests.ts';
import type { Opening, Runtime } from '../runtime/runtime.ts';
import { keySourceOf } from '../security/key-source.ts';
import { outsideIssuer } from '../security/outside-issuer.ts';
import { type OwnTokens, ownIssuer } from '../security/own-issuer.ts';
import type { TokenIssuer } from '../security/token-issuer.ts';
import { tokenVerifier } from '../security/token-verifier.ts';
import type { Settings } from '../settings/settings.ts';
import { errorText, jsonLog } from '../telemetry/log.ts';
import { createMetrics, type Metrics } from '../telemetry/metrics.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import { whyEndedBy } from './check-tokens.ts';
import { consumersOf } from './consumers-of.ts';
import { heavyWorkQueue } from './heavy-work.ts';
import { lookupOwners, lookupsBy } from './lookup-owners.ts';
import { noticeRefusalsBy } from './notice-refusals.ts';

export interface RuntimeParts {
  readonly settings: Settings;
  readonly services: readonly Service[];
  /** What capabilities may ask each other. */
  readonly lookups: readonly LookupContract[];
  readonly bus: Bus;
  readonly tracing?: Tracing | undefined;
}

/**
 * Connects what the settings name; nothing is awaited, so that an app starts while the bus or the store is away. It knows
 * all services, since operators see and replay the consumers of all, whichever of them this app runs.
 */
export function createRuntime({ settings, services, lookups, bus, tracing }: RuntimeParts): Runtime {
  const clock = systemClock;
  const log = jsonLog(() => clock.now());
  const metrics = createMetrics();
  const { transport } = bus;
  if (settings.KAFKA_CERTIFICATE_CHECK === 'off')
    log.warn('bus certificate is not verified: whoever answers there is believed', {
      setting: 'KAFKA_CERTIFICATE_CHECK',
    });
  if (settings.RATE_LIMIT + settings.AUTH_RATE_LIMIT > 0 && !tellsClientsApart(settings))
    log.warn('nothing tells one client from another: only callers with a token are held to a rate', {
      setting: 'TRUSTED_PROXIES',
    });
  const dispatcher = new Dispatcher({ transport, clock, log, metrics, tracing });
  const containerOf = containers(services, settings, clock, metrics);
  const signingKeys = keySourceOf(settings, {
    clock,
    warn: (message, error) => log.error(message, { error: errorText(error) }),
  });
  const commitWatch = new CommitWatch();
  const heldRequests = new HeldRequests();
  const admissions = new Admissions(settings.DECISION_WAIT, clock, heldRequests);
  // What is waited for is decided by an event, so a commit that owes none decides nothing.
  const onCommitted: OnCommitted = (outbox, container, carrier) => {
    dispatcher.dispatch(outbox, container, carrier);
    commitWatch.tell(container.name, outbox.boundary);
    admissions.tell(container.name, outbox.boundary);
  };
  const dueAtOnce = new DueAtOnce(clock);
  const openUnitOfWork = ({ cause, ...opening }: Opening) => {
    const { service } = opening;
    const onDue = (document: StoredDocument) => dueAtOnce.tell(service, document);
    return new UnitOfWork(
      {
        ...opening,
        ...{ container: containerOf(service), clock, newId, tracing },
        ...{ onCommitted, onDue, carried: dispatcher, carries: settings.CARRIED_EVENTS === 'on' },
      },
      cause,
    );
  };
  const deadLetterService = deadLetterServiceOf(services);
  const openDeadLetters = (boundary: string, cause: Cause) =>
    openUnitOfWork({ service: deadLetterService, boundary: storedBoundary(cause.tenant, boundary), cause });
  const mayNotice = noticeLimit(clock);
  const runtime: Omit<Runtime, 'checksOf' | 'health'> = {
    settings,
    settingDefaults: settingsInForce(
      ...services.flatMap(({ tenantSettings }) => tenantSettings.map(({ byDefault }) => byDefault(settings))),
    ),
    clock,
    newId,
    mayNotice,
    noticeRefusal: noticeRefusalsBy(services, { clock, newId, signingKeys, mayNotice, openUnitOfWork }),
    log,
    metrics,
    tracing,
    transport,
    consumers: allConsumers(
      services.flatMap((service) => consumersOf(service, settings)),
      bus.lag,
      clock,
    ),
    topicReader: bus.topicReader,
    dispatcher,
    commitWatch,
    admissions,
    heldRequests,
    dueAtOnce,
    knowsEvent,
    deadLetterService,
    deadLetters: new DeadLetters({
      open: openDeadLetters,
      container: containerOf(deadLetterService),
      clock,
      log,
      metrics,
    }),
    signingKeys,
    verifyToken: tokenVerifier(
      issuers(settings, { keys: signingKeys, whyEnded: whyEndedBy(services, containerOf), clock }),
      clock,
    ),
    limiter: new RateLimiter({ perSecond: settings.RATE_LIMIT, burst: settings.RATE_LIMIT_BURST }, clock),
    authLimiter: new RateLimiter(
      { perSecond: settings.AUTH_RATE_LIMIT / 60, burst: settings.AUTH_RATE_LIMIT_BURST },
      clock,
    ),
    heavyWork: heavyWorkQueue(settings),
    blobsOf: openBlobs(settings),
    containerOf,
    lookupOf: lookupsBy(lookupOwners(services, lookups), { containerOf, clock, settings, signingKeys }),
    openUnitOfWork,
  };
  const checksOf = healthChecks(runtime);
  return { ...runtime, checksOf, health: readHealth(services, checksOf) };
}

/** Whose tokens are believed: our own, and those of the issuers that a setting names. */
function issuers(
  { TOKEN_ISSUER: issuer, TOKEN_AUDIENCE: audience, TRUSTED_ISSUERS }: Settings,
  own: Pick<OwnTokens, 'keys' | 'whyEnded' | 'clock'>,
): readonly TokenIssuer[] {
  return [ownIssuer({ ...own, issuer, audience }), ...TRUSTED_ISSUERS.map((trusted) => outsideIssuer(trusted))];
}

function containers(
  services: readonly Service[],
  settings: Settings,
  clock: Clock,
  { requestUnits }: Metrics,
): (service: string) => DocumentContainer {
  const database = openDatabase(settings);
  const endpoint = new URL(settings.COSMOS_ENDPOINT);
  const names = new Map(services.map(({ name, container }) => [name, container]));
  const opened = new Map<string, DocumentContainer>();
  return (service) => {
    const known = opened.get(service);
    if (known !== undefined) return known;
    const container = new DocumentContainer(database.container(names.get(service) ?? service), {
      endpoint,
      recent: new RecentDocuments(clock),
      charge: (operation, units) => requestUnits.inc({ container: container.name, operation }, units),
    });
    opened.set(service, container);
    return container;
  };
}
