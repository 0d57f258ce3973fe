import { z } from 'zod';
import { DeadLetter } from '../../../shared/dead-letters/dead-letter.ts';
import { Rejection } from '../../../shared/model/rejection.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { replay } from '../../../shared/replays/replay-dead-letter.ts';

/** A commit has at most 100 operations; each letter is one, the outbox and the answer are two more. */
export const mostInOneCommit = 90;

/** A commit has at most 2 MB, and a letter holds its event up to three times: in base64, edited, and owed to the bus. */
const maxMessageBytes = 550_000;

/** A letter that cannot be replayed, and why. */
export const Skipped = z.object({ id: z.string(), detail: z.string() });

/** What one commit replays of some letters; `last` is the last one that it dealt with. */
export interface ReplayedTogether {
  readonly replayed: number;
  readonly skipped: readonly z.infer<typeof Skipped>[];
  readonly last: string | undefined;
}

/** Replays letters of one day in their order, as many as one commit takes, but at least one. */
export async function replayInOneCommit(
  work: UnitOfWork,
  ids: readonly string[],
  note: Parameters<typeof replay>[2],
): Promise<ReplayedTogether> {
  await work.preload(ids.map((id) => ({ type: DeadLetter, id })));
  const skipped: z.infer<typeof Skipped>[] = [];
  let replayed = 0;
  let last: string | undefined;
  for (const id of ids) {
    const savepoint = work.savepoint();
    try {
      const isReplayed = replay(await work.load(DeadLetter, id), work, note);
      if (isReplayed && replayed > 0 && work.size.messageBytes > maxMessageBytes) {
        work.rollBack(savepoint);
        break;
      }
      if (isReplayed) replayed += 1;
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      skipped.push({ id, detail: error.message });
    }
    last = id;
  }
  return { replayed, skipped, last };
}
