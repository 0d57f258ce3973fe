import type { Cause } from '../events/cause.ts';
import type { ReceivedEvent } from '../events/envelope.ts';
import { markerId } from '../persistence/commit/inbox.ts';
import type { LoadRequest } from '../persistence/commit/load-request.ts';
import { ReadDocuments } from '../persistence/commit/read-documents.ts';
import { Tombstone, tombstoneId } from '../persistence/commit/tombstone.ts';
import type { UnitOfWork } from '../persistence/commit/unit-of-work.ts';
import { AlreadyDoneError, StaleStateError } from '../persistence/documents/store-errors.ts';
import { traceparentOf } from '../telemetry/tracing.ts';
import { errorClassOf } from './error-class.ts';
import type { GroupContext } from './group-context.ts';
import { processSpan } from './process-span.ts';
import type { Failure, Reaction, Task } from './reaction.ts';

/** Cut before a commit has 100 operations and 2 MB: a document mirrors, at most, what its events say. */
const maxOperations = 96;
const maxMessageBytes = 700_000;
/** Fetched ahead at once: two requests, twice as much as a commit can write. */
const maxReads = 200;
/** After so many failures it is looked which of the tasks behind them have failed before: they would take the time of the others. */
const failuresUntilLook = 8;

/** How far a group has come. */
export interface GroupOutcome {
  readonly failures: readonly Failure[];
  /** What is neither done nor failed, and why not: the batch has to be given back. */
  readonly unfinished?: { readonly tasks: readonly Task[]; readonly error: unknown };
}

interface Round {
  readonly work: UnitOfWork;
  readonly done: readonly Task[];
  readonly failures: readonly Failure[];
  /** Reactions that had nothing to do, one for each task. */
  readonly idle: readonly Reaction[];
  /** How many tasks the round dealt with, in one way or the other. */
  readonly taken: number;
}

/**
 * Group commit: runs the tasks of one boundary in order on one unit of work, each behind a savepoint, and commits them
 * together, in as many commits as the limits ask for. A task that throws is rolled back and returned; its neighbours commit.
 *
 * Where the commit is refused: a marker exists, what is done is dropped and the rest runs afresh; another writer was first,
 * or the store is in trouble, all run afresh, so that the order stays; anything else that lasts, each task is committed
 * alone, so that only the culprit fails. Where something was guessed and the commit does not prove it, a task fails that
 * may fail by it, or it was wrong, all run afresh, and look.
 *
 * What the store was in trouble with, or what there was no time for, is unfinished; at least one task is dealt with each time
 * where the store is well.
 */
export async function runGroup(tasks: readonly Task[], place: GroupContext): Promise<GroupOutcome> {
  const failures: Failure[] = [];
  let rest = tasks;
  let tries = 0;
  let read = new ReadDocuments();
  let hasLooked = false;
  let refusal: unknown;
  try {
    while (rest.length > 0) {
      // A guess is made good in any case: else a batch that makes it again each time would never be finished.
      if (!(refusal instanceof WrongGuessError)) place.time.check();
      const mostFailures = hasLooked ? Number.POSITIVE_INFINITY : failuresUntilLook - failures.length;
      const round = await runRound(upToErasure(rest), place, { isRetry: tries > 0, read, mostFailures });
      refusal = await commit(round, place);
      tries += 1;
      // Somebody else has written, perhaps, or it was erased: what was read before may be another by now.
      if (refusal !== undefined || rest.slice(0, round.taken).some(isErasure)) read = new ReadDocuments();
      if (refusal instanceof AlreadyDoneError) {
        const left = await withoutDone(rest, place);
        // A marker that keeps a commit from being written, and cannot be read: expired, perhaps, and not removed yet.
        if (left.length === rest.length) await beforeNextTry(rest, refusal, tries, place);
        rest = left;
      } else if (refusal instanceof WrongGuessError) continue;
      else if (errorClassOf(refusal) === 'network') await beforeNextTry(rest, refusal, tries, place);
      else {
        if (refusal !== undefined) await oneByOne(round.done, refusal, place, failures);
        failures.push(...round.failures);
        rest = rest.slice(round.taken);
        tries = 0;
        if (!hasLooked && failures.length >= failuresUntilLook) {
          rest = await place.withoutParked(rest);
          hasLooked = true;
        }
      }
    }
    return { failures };
  } catch (error) {
    return { failures, unfinished: { tasks: rest, error } };
  }
}

/** Something was taken to be new, or as this process last saw it, and perhaps it is not. */
class WrongGuessError extends Error {
  override readonly name = 'WrongGuessError';
}

/** Commits a round, unless something speaks against it; answers with what it was. */
async function commit({ work, failures, idle }: Round, { report }: GroupContext): Promise<unknown> {
  const trouble = failures.find(({ error }) => errorClassOf(error) === 'network');
  if (trouble !== undefined) return trouble.error;
  if (work.guesses.areUnproven || (failures.length > 0 && work.guesses.count > 0)) return new WrongGuessError();
  try {
    await work.commit();
    report.duplicates(idle);
    return undefined;
  } catch (error) {
    return error instanceof StaleStateError && work.guesses.count > 0 ? new WrongGuessError() : error;
  }
}

async function beforeNextTry(
  [first]: readonly Task[],
  error: unknown,
  tries: number,
  { report, time }: GroupContext,
): Promise<void> {
  if (first !== undefined) report.retried({ task: first, error }, tries);
  await time.pause(error, tries);
}

interface RoundOptions {
  readonly isRetry: boolean;
  readonly read: ReadDocuments;
  readonly mostFailures: number;
}

/** Runs as many of the tasks as one commit takes, and as there is time for, but at least one. */
async function runRound(
  tasks: readonly Task[],
  place: GroupContext,
  { isRetry, read, mostFailures }: RoundOptions,
): Promise<Round> {
  const [first] = tasks;
  if (first === undefined) throw new Error('a round needs a task');
  const work = place.open(causeOfReaction(first.event), isRetry || isErasure(first));
  work.goOnFrom(read);
  const taskPlace = { ...place, together: tasks.length };
  let preloaded = 0;
  const done: Task[] = [];
  const failures: Failure[] = [];
  const idle: Reaction[] = [];
  for (const [index, task] of tasks.entries()) {
    if (index === preloaded) preloaded += await preload(tasks.slice(index, index + maxOperations), work, place);
    const [savepoint, guesses] = [work.savepoint(), work.guesses.count];
    try {
      const didSomething = await runTask(task, work, taskPlace);
      if (isOver(work) && done.length > 0) {
        work.rollBack(savepoint);
        work.guesses.forget(guesses);
        break;
      }
      done.push(task);
      if (!didSomething) idle.push(task.reaction);
    } catch (error) {
      work.rollBack(savepoint);
      failures.push({ task, error });
    }
    const isToBeLookedAt = failures.length > 0 && work.guesses.count > 0;
    if (isToBeLookedAt || failures.length >= mostFailures || !place.time.hasRoomFor(0)) break;
  }
  return { work, done, failures, idle, taken: done.length + failures.length };
}

/** Fetches what the next tasks will load, as far as is likely to be of use to this round; tells of how many tasks. */
async function preload(
  tasks: readonly Task[],
  work: UnitOfWork,
  { isErasable, boundary }: GroupContext,
): Promise<number> {
  const reads: LoadRequest[] = isErasable ? [{ type: Tombstone, id: tombstoneId }] : [];
  let count = 0;
  for (const { reaction, event } of tasks) {
    const more = reaction.isDone?.(event, work) === true ? [] : (reaction.reads?.(event, boundary) ?? []);
    if (count > 0 && reads.length + more.length > maxReads) break;
    reads.push(...more);
    count += 1;
  }
  try {
    await work.preload(reads);
  } catch {
    // A hint only: the task that needs what could not be fetched loads it itself, and meets the error alone.
  }
  return count;
}

/** Where a task runs, as one of so many. */
interface TaskPlace extends GroupContext {
  readonly together: number;
}

function runTask(task: Task, work: UnitOfWork, place: TaskPlace): Promise<boolean> {
  const { consumer, tracing } = place;
  const cause = causeOfReaction(task.event);
  if (tracing === undefined) return react(task, work, cause, place);
  return tracing.within(processSpan(task, consumer), (span) =>
    react(task, work, { ...cause, traceparent: traceparentOf(span) }, place),
  );
}

/** Tells whether there was anything to do. */
async function react(task: Task, work: UnitOfWork, cause: Cause, place: TaskPlace): Promise<boolean> {
  const { reaction, event } = task;
  if (place.isErasable && !isErasure(task) && (await work.isErased())) return false;
  if (reaction.isDone?.(event, work) === true) return false;
  const before = work.savepoint();
  work.because(cause);
  await reaction.handle(event, work, place.contextFor(task, cause, place.together));
  const didSomething = work.savepoint() > before;
  if (reaction.once === 'by-marker' && didSomething) work.mark(markerId(reaction.name, event.id));
  return didSomething;
}

/** An erasure is run alone: what came before it is committed first, and what comes after it finds its tombstone. */
function upToErasure(tasks: readonly Task[]): readonly Task[] {
  const index = tasks.findIndex(isErasure);
  return index === -1 ? tasks : tasks.slice(0, Math.max(index, 1));
}

function isErasure({ reaction }: Task): boolean {
  return reaction.erases !== undefined;
}

function isOver(work: UnitOfWork): boolean {
  const { operations, messageBytes } = work.size;
  return operations > maxOperations || messageBytes > maxMessageBytes;
}

/** Adds what fails alone, too, to the failures. @throws what keeps one from being finished */
async function oneByOne(
  tasks: readonly Task[],
  error: unknown,
  place: GroupContext,
  failures: Failure[],
): Promise<void> {
  if (tasks.length === 1) failures.push(...tasks.map((task) => ({ task, error })));
  else
    for (const task of tasks) {
      const { failures: ofTask, unfinished } = await runGroup([task], place);
      failures.push(...ofTask);
      if (unfinished !== undefined) throw unfinished.error;
    }
}

async function withoutDone(tasks: readonly Task[], place: GroupContext): Promise<readonly Task[]> {
  const idOf = ({ reaction, event }: Task) => markerId(reaction.name, event.id);
  const byMarker = tasks.filter(({ reaction }) => reaction.once === 'by-marker');
  const done = await place.existing(byMarker.map(idOf));
  const isDone = (task: Task) => done.has(idOf(task));
  place.report.duplicates(tasks.filter(isDone).map(({ reaction }) => reaction));
  return tasks.filter((task) => !isDone(task));
}

/** What follows from an event says so. */
export function causeOfReaction({ tenant, correlationId, id, causationId, traceparent }: ReceivedEvent): Cause {
  return { tenant, correlationId, causationId: id, precedingId: causationId, traceparent };
}
