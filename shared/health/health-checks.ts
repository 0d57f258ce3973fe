import { cachedFor } from '../async/cached-for.ts';
import { withTimeout } from '../async/timeout.ts';
import { dayOf, later } from '../clock.ts';
import { DeadLetter } from '../dead-letters/dead-letter.ts';
import { sweepAfterMs } from '../model/due-at-once.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { errorText } from '../telemetry/log.ts';
import type { ChecksOf, Dependency, HealthCheck } from '../telemetry/service-health.ts';
import { busAnswers, busTrouble } from './bus-health.ts';
import { storeAnswers, storeTrouble } from './store-health.ts';

/** What the world is told of an error. */
type Trouble = (error: unknown) => Dependency;

type World = Pick<
  Runtime,
  'containerOf' | 'deadLetterService' | 'transport' | 'dispatcher' | 'consumers' | 'clock' | 'log' | 'settings'
>;

const fine: Dependency = { status: 'ok' };
const timeoutMs = 2_000;
/** An event that waits for longer waits for something that is broken. */
const longestWaitMs = 60_000;
/** Anybody may ask for health: however often they do, the store and the bus are asked once in this time. */
const freshMs = 1_000;

/** What each service depends on, by the dependency's name. */
export function healthChecks(world: World): ChecksOf {
  const { containerOf, transport, dispatcher } = world;
  const check = (name: string, look: HealthCheck, trouble: Trouble) =>
    cachedFor(guarded(name, look, trouble, world), freshMs, world.clock);

  const bus = check('bus', () => busAnswers(transport, dispatcher), busTrouble(transport));
  const deadLetters = check('deadLetters', () => fewDeadLetters(world), unseen('the dead letters'));
  const made = new Map<string, ReturnType<ChecksOf>>();
  return (service) => {
    const checks = made.get(service) ?? {
      store: check('store', () => storeAnswers(containerOf(service)), storeTrouble),
      bus,
      outbox: check('outbox', () => shortOutbox(service, world), unseen('the outbox')),
      consumers: check('consumers', () => littleLag(service, world), unseen('the consumer lag')),
      ...(service === world.deadLetterService ? { deadLetters } : {}),
    };
    made.set(service, checks);
    return checks;
  };
}

async function shortOutbox(service: string, { containerOf, clock }: World): Promise<Dependency> {
  const latest = later(clock.now(), sweepAfterMs - longestWaitMs);
  const question = { of: 'outbox', now: latest } as const;
  // What is no document of ours the sweep tells of.
  const { value: [oldest] = [] } = await containerOf(service)
    .due(question, 1, () => undefined)
    .next();
  if (oldest?.dueAt === undefined) return fine;
  const since = later(new Date(oldest.dueAt), -sweepAfterMs);
  return { status: 'degraded', detail: `events wait in the outbox since ${since}` };
}

async function fewDeadLetters({ containerOf, deadLetterService, clock, settings }: World): Promise<Dependency> {
  const today = dayOf(clock.now().toISOString());
  const limit = settings.DEAD_LETTERS_ALERT;
  const parked = await containerOf(deadLetterService).count(DeadLetter.kind, {
    from: today,
    where: { status: 'parked' },
  });
  if (parked <= limit) return fine;
  return { status: 'degraded', detail: `${parked} dead letters of today wait for a decision, more than ${limit}` };
}

async function littleLag(service: string, { consumers, settings: { LAG_ALERT: limit } }: World): Promise<Dependency> {
  const behind = (await consumers.lag()).filter((one) => one.service === service && one.total > limit);
  if (behind.length === 0) return fine;
  const told = behind.map(({ group, total }) => `${group} lags ${total} events behind`);
  return { status: 'degraded', detail: `${told.join(', ')}: more than ${limit}` };
}

function unseen(what: string): Trouble {
  return () => ({ status: 'degraded', detail: `${what} could not be checked` });
}

/** The log hears again of what goes on: an alert looks at the last quarter of an hour, and no further back. */
const tellAgainMs = 5 * 60_000;

/** Tells the world that there is trouble, and the log why: health is public. */
function guarded(dependency: string, look: HealthCheck, trouble: Trouble, { log, clock }: World): HealthCheck {
  let told: { readonly of: string; readonly until: number } | undefined;
  /** `of` is what the trouble is known by: the same again is no news, however often somebody asks. */
  const tell = (of: string, error: string) => {
    const now = clock.now().getTime();
    if (told?.of === of && now < told.until) return;
    log.warn('dependency unhealthy', { dependency, error });
    told = { of, until: now + tellAgainMs };
  };
  return async () => {
    try {
      const finding = await withTimeout(look(), timeoutMs);
      if (finding.status === 'ok') told = undefined;
      else tell(finding.status, finding.detail ?? finding.status);
      return finding;
    } catch (error) {
      const text = errorText(error);
      tell(text, text);
      return trouble(error);
    }
  };
}
