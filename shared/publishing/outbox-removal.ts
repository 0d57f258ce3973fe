import { Coalescer } from '../async/coalesce.ts';
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

/** How often a removal is tried. */
const removals = 4;
const receiptsAtOnce = 8;

/** Takes out of the outbox what the bus has acknowledged, in as few requests as possible. */
export class OutboxRemoval {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #settled: Dependencies['settled'];
  readonly #removing = new Coalescer<OwedCommit>((sent) => this.#remove(sent));

  constructor({ clock, log, settled }: Dependencies) {
    this.#clock = clock;
    this.#log = log;
    this.#settled = settled;
  }

  add(commit: OwedCommit): void {
    this.#removing.add(commit);
  }

  idle(): Promise<void> {
    return this.#removing.idle();
  }

  async #remove(sent: readonly OwedCommit[]): Promise<void> {
    for (const [container, commits] of Map.groupBy(sent, (commit) => commit.container)) {
      const isRemoved = await this.#isDone(() => removeFrom(container, commits));
      for (const commit of commits) {
        const outcome = outcomeOf(commit);
        this.#settled(commit, outcome === 'sent' && !isRemoved ? 'left' : outcome);
      }
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
