import { later } from '../clock.ts';
import { NewerVersionError } from '../events/define-event.ts';
import { MissingDocumentError, NewerDocumentError } from '../persistence/documents/store-errors.ts';
import { UnknownTenantError } from '../settings/tenants.ts';
import type { DeadLetterState } from './dead-letter.ts';

/** When a letter is tried again by itself, and what it is called until then. */
export interface NextTry {
  readonly status: 'scheduled' | 'waiting';
  readonly dueAt: string;
}

const firstMs = 30_000;
const longestMs = 3_600_000;
/** Some forty hours: a rolling upgrade is through by then, or somebody has to look. */
const mostTries = 100;

const firstWaitMs = 10_000;
const longestWaitMs = 1_800_000;
/** What has not come within a day does not come by itself. */
const waitsForMs = 86_400_000;

/**
 * Whether an event that fails like this is tried again by itself: newer code, or code with newer settings, may take it soon, and a
 * document that is missing may come. What waits for a document waits for as long again as it has waited already.
 */
export function nextTryOf(
  error: unknown,
  { source, attempts, history: [first] }: Pick<DeadLetterState, 'source' | 'attempts' | 'history'>,
  now: Date,
): NextTry | undefined {
  if (source.of !== 'event' || source.cutFromBytes !== undefined) return undefined;
  if (isOfNewerCode(error) && attempts < mostTries)
    return { status: 'scheduled', dueAt: later(now, Math.min(longestMs, firstMs * attempts)) };
  if (!(error instanceof MissingDocumentError)) return undefined;
  const waitedMs = first === undefined ? 0 : now.getTime() - Date.parse(first.at);
  if (waitedMs >= waitsForMs) return undefined;
  return { status: 'waiting', dueAt: later(now, Math.min(longestWaitMs, Math.max(firstWaitMs, waitedMs))) };
}

function isOfNewerCode(error: unknown): boolean {
  return [NewerVersionError, NewerDocumentError, UnknownTenantError].some((kind) => error instanceof kind);
}
