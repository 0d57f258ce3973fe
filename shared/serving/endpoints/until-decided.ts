import { settlesWithin } from '../../async/timeout.ts';
import type { DecidedLater } from '../../capabilities/endpoints/decided-later.ts';
import type { Clock } from '../../clock.ts';
import { storedBoundary } from '../../persistence/documents/stored-document.ts';
import type { Reader } from '../../persistence/reading/reader.ts';
import type { CommitWatch } from '../../runtime/commit-watch.ts';

/** The first look after this long, where nobody has told of a commit: so long that in the same process hardly one is in vain. */
const firstPauseMs = 200;
const longestPauseMs = 1_000;

/** Where somebody waits. */
export interface WaitingPlace {
  readonly tenant: string;
  /** The name of the container. */
  readonly container: string;
  readonly reader: Reader;
  readonly commitWatch: CommitWatch;
  readonly clock: Pick<Clock, 'now'>;
}

/** A thing as it is now. */
export interface Shown<View> {
  readonly view: View;
  readonly version: number;
}

/**
 * Waits until what was answered is decided, and gives it as it is then; as it is when the time is up, where it is not decided by
 * then. Of commits of this process it is told; for those of others it looks, ever less often.
 *
 * @param until milliseconds since the epoch
 * @returns nothing, where nothing newer than the answer was seen, or the thing is gone
 */
export async function untilDecided<View>(
  { boundaryOf, isDecided, look }: DecidedLater<View>,
  { view, isRepeat }: { readonly view: View; readonly isRepeat: boolean },
  until: number,
  { tenant, container, reader, commitWatch, clock }: WaitingPlace,
): Promise<Shown<View> | undefined> {
  const boundary = storedBoundary(tenant, boundaryOf(view));
  // What is answered again may have been decided long ago: nobody will tell of that.
  let shown = isRepeat ? await look(view, reader, false) : undefined;
  if (isRepeat && shown === undefined) return undefined;
  for (let pause = firstPauseMs; !isDecided(shown?.view ?? view); pause = Math.min(pause * 2, longestPauseMs)) {
    const left = until - clock.now().getTime();
    if (left <= 0) return shown;
    const commit = commitWatch.next(container, boundary);
    const isTold = await settlesWithin(commit.told, Math.min(pause, left));
    commit.forget();
    shown = await look(view, reader, isTold);
    if (shown === undefined) return undefined;
  }
  return shown;
}
