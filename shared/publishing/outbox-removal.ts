import { Coalescers } from '../async/coalescers.ts';
import { inParallel } from '../async/in-parallel.ts';
import { pausing, retry } from '../async/retry.ts';
import type { Clock } from '../clock.ts';
import { OutboxDocument, receiptOf } from '../persistence/commit/outbox.ts';
import type { DocumentContainer } from '../persistence/documents/document-container.ts';
import { errorText, type Log } from '../telemetry/log.ts';
import { type OwedCommit, outcomeOf, type SendOutcome } from './owed-commit.ts';

interface Dependencies {
  readonly clock: Clock;
  readonly log: Log;
  readonly settled: (commit: OwedCommit, outcome: SendOutcome) => void;
}

/**
 * What was sent stays in the outbox for so long, so that at a moderate pace, too, one request removes many. A crash meanwhile has
 * them sent again, as a crash right after the sending always did; the sweep looks for them far later (`sweepAfterMs`).
 */
const gathering = { gatherMs: 250, full: 100 };

/** How often a removal is tried. */
const removals = 4;
const receiptsAtOnce = 8;

/**
 * Takes out of the outbox what the bus has acknowledged, in as few requests as possible: those of one container one after the
 * other, and none behind those of another, which may not answer.
 */
export class OutboxRemoval {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #settled: Dependencies['settled'];
  readonly #removing = new Coalescers<DocumentContainer, OwedCommit>(
    (sent, from) => this.#remove(sent, from),
    gathering,
  );

  constructor({ clock, log, settled }: Dependencies) {
    this.#clock = clock;
    this.#log = log;
    this.#settled = settled;
  }

  add(commit: OwedCommit): void {
    const removing = this.#removing.add(commit.container, commit);
    // The sweep waits for what it has found.
    if (commit.isFound) removing.hurry();
  }

  idle(): Promise<void> {
    return this.#removing.idle();
  }

  async #remove(sent: readonly OwedCommit[], container: DocumentContainer): Promise<void> {
    const isRemoved = await this.#isDone(() => removeFrom(container, sent));
    for (const commit of sent) {
      const outcome = outcomeOf(commit);
      this.#settled(commit, outcome === 'sent' && !isRemoved ? 'left' : outcome);
    }
  }

  /** A few tries: what stays is sent again by the sweep, which is harmless but wasteful. */
  async #isDone(attempt: () => Promise<void>): Promise<boolean> {
    try {
      await retry(attempt, { when: (_, tries) => tries < removals, pause: pausing(this.#clock) });
      return true;
    } catch (error) {
      this.#log.warn('outbox removal failed, sent events will be sent again', { error: errorText(error) });
      return false;
    }
  }
}

async function removeFrom(container: DocumentContainer, commits: readonly OwedCommit[]): Promise<void> {
  const sent = commits.filter((commit) => outcomeOf(commit) === 'sent');
  await container.remove(sent.filter(({ isFound }) => !isFound).map(({ outbox }) => outbox));
  // The writer of what was found may still wait for the answer to its commit, and is to find that it happened.
  const found = sent.filter(({ isFound }) => isFound);
  await inParallel(found, receiptsAtOnce, async ({ outbox }) => {
    await container.replaceIfUnchanged(receiptOf(outbox));
  });
  for (const commit of commits) if (outcomeOf(commit) !== 'sent') await keepTheRest(commit);
}

/** Of a commit to several topics one may take its part while another does not: only what is left is sent again. */
async function keepTheRest({ container, outbox: { boundary, id }, outcomes }: OwedCommit): Promise<void> {
  const { success, data: stored } = OutboxDocument.safeParse(await container.read(boundary, id));
  if (!success) return;
  const messages = stored.messages.filter(({ topic }) => outcomes.get(topic) !== 'sent');
  if (messages.length > 0) await container.replaceIfUnchanged({ ...stored, messages });
}
