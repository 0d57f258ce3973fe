/** A line of the kernel broken on purpose, and the tests that must notice. */
export interface Mutant {
  /** What is broken. */
  readonly name: string;
  readonly file: string;
  readonly line: string;
  readonly becomes: string;
  readonly caughtBy: string;
}

export const mutants: readonly Mutant[] = [
  {
    name: 'the inbox is off',
    file: 'shared/consuming/run-group.ts',
    line: "if (reaction.once === 'by-marker' && didSomething)",
    becomes: 'if (didSomething && didSomething !== didSomething)',
    caughtBy: 'tests/shared/consuming/consume-batch.test.ts',
  },
  {
    name: 'the receipt is off',
    file: 'shared/persistence/commit/commit-batch.ts',
    line: 'if (await wasWrittenBefore(target.container, refused, status, parts)) return;',
    becomes: '',
    caughtBy: 'tests/shared/persistence/commit/unit-of-work.test.ts',
  },
  {
    name: 'events that a document carries go with its next commit, sent or not',
    file: 'shared/persistence/commit/overwritten-events.ts',
    line: 'this.moved = moved;',
    becomes: 'this.moved = [];',
    caughtBy: 'tests/shared/publishing/carried-events.test.ts',
  },
  {
    name: 'the receipt of a creation goes with the next commit',
    file: 'shared/persistence/documents/kept-fields.ts',
    line: '...(receipt === undefined ? {} : { receipt }),',
    becomes: '',
    caughtBy: 'tests/shared/publishing/carried-events.test.ts',
  },
  {
    name: 'the receipt of a change goes with the next commit',
    file: 'shared/persistence/documents/kept-fields.ts',
    line: '...(changedBy === undefined ? {} : { changedBy }),',
    becomes: '',
    caughtBy: 'tests/shared/publishing/carried-events.test.ts',
  },
  {
    name: 'a changed document forgets receipts for want of room',
    file: 'shared/persistence/commit/carried-events.ts',
    line: '(isAlone && hasRoom)',
    becomes: 'isAlone',
    caughtBy: 'tests/shared/publishing/carried-events.test.ts',
  },
  {
    name: 'the outbox is removed before the send',
    file: 'shared/publishing/topic-lane.ts',
    line: 'this.#underWay = new Set(parts.map(({ commit }) => commit));',
    becomes:
      'this.#underWay = new Set(parts.map(({ commit }) => commit)); for (const { commit } of parts) await commit.container.remove([commit.outbox]);',
    caughtBy: 'tests/shared/publishing/dispatcher.test.ts',
  },
  {
    name: 'the savepoint is skipped',
    file: 'shared/consuming/run-group.ts',
    line: 'work.rollBack(savepoint);\n      failures.push',
    becomes: 'failures.push',
    caughtBy: 'tests/shared/consuming/group-commit.test.ts',
  },
  {
    name: 'a late event begins an erased boundary anew',
    file: 'shared/consuming/run-group.ts',
    line: 'if (place.isErasable && !isErasure(task) && (await work.isErased())) return false;',
    becomes: '',
    caughtBy: 'tests/shared/capabilities/erasure.test.ts',
  },
  {
    name: 'an erasure does not wait for what came before it',
    file: 'shared/consuming/run-group.ts',
    line: 'runRound(upToErasure(rest), place',
    becomes: 'runRound(rest, place',
    caughtBy: 'tests/shared/capabilities/erasure.test.ts',
  },
  {
    name: 'two writers of one document do not notice each other',
    file: 'shared/persistence/documents/batch-operation.ts',
    line: ', ifMatch: operation.etag',
    becomes: '',
    caughtBy: 'tests/shared/persistence/commit/unit-of-work.test.ts',
  },
  {
    name: 'commits of one document are written as one, though only one of them can be right',
    file: 'shared/persistence/documents/shared-batches.ts',
    line: ' && new Set(ids).size === ids.length',
    becomes: '',
    caughtBy: 'tests/shared/persistence/documents/shared-batches.test.ts',
  },
  {
    name: 'a commit is refused for another that went with it',
    file: 'shared/persistence/documents/shared-batches.ts',
    line: 'if (results.length > 0 && !results.some(isRefused)) return answer;',
    becomes: 'if (results.length > 0) return answer;',
    caughtBy: 'tests/shared/persistence/documents/shared-batches.test.ts',
  },
  {
    name: 'the outbox is not the first operation of the batch',
    file: 'shared/persistence/commit/commit-batch.ts',
    line: '...firstSteps(parts, told),',
    becomes: '',
    caughtBy: 'tests/shared/persistence/commit/unit-of-work.test.ts',
  },
  {
    name: 'a dead letter that could not be written counts as written',
    file: 'shared/consuming/consume-batch.ts',
    line: 'this.#persist(() => this.#dependencies.deadLetters.park(failed));',
    becomes: 'this.#dependencies.deadLetters.park(failed).catch(() => undefined);',
    caughtBy: 'tests/shared/consuming/consume-batch.test.ts',
  },
  {
    name: 'a replayed event goes to every subscriber',
    file: 'shared/consuming/sort-batch.ts',
    line: 'return addressee === undefined || addressee === name;',
    becomes: 'return addressee === undefined || addressee !== undefined || addressee === name;',
    caughtBy: 'shared/consuming/sort-batch.test.ts',
  },
  {
    name: 'a new document that exists after all is never looked for',
    file: 'shared/persistence/commit/unit-of-work.ts',
    line: 'if (!this.#place.isRetry) this.#guess',
    becomes: 'this.#guess',
    caughtBy: 'tests/shared/consuming/group-commit.test.ts',
  },
  {
    name: 'what this process remembers of a document decides, though nothing proves it',
    file: 'shared/consuming/run-group.ts',
    line: 'if (work.guesses.areUnproven || (failures.length > 0 && work.guesses.count > 0)) return new WrongGuessError();',
    becomes: '',
    caughtBy: 'tests/shared/persistence/documents/recent-documents.test.ts',
  },
  {
    name: 'what a decision relies on is not in its commit',
    file: 'shared/persistence/commit/unit-of-work.ts',
    line: 'return document.isChanged || (this.#relied.has(document) && this.hasChanges);',
    becomes: 'return document.isChanged;',
    caughtBy: 'tests/shared/persistence/commit/relying.test.ts',
  },
  {
    name: 'a letter that is tried again goes to both ends of a thing',
    file: 'shared/consuming/deliver-once.ts',
    line: 'const tasks = hasEnd ? all.filter(isEnd) : all;',
    becomes: 'const tasks = hasEnd ? all : all;',
    caughtBy: 'tests/shared/consuming/both-ends.test.ts',
  },
  {
    name: 'an older entry of a directory wins',
    file: 'shared/capabilities/directories/directory-entry.ts',
    line: 'if (current.seen > state.seen) return;',
    becomes: '',
    caughtBy: 'shared/capabilities/directories/directory-entry.test.ts',
  },
  {
    name: 'what is over has no tombstone where it had no entry',
    file: 'shared/capabilities/directories/directory-entry.ts',
    line: 'if (current === undefined || current.seen === 0) {',
    becomes:
      'if (current === undefined && state.fields === undefined) return;\n  if (current === undefined || current.seen === 0) {',
    caughtBy: 'shared/capabilities/directories/directory-entry.test.ts',
  },
  {
    name: 'a walk that goes on begins at its beginning',
    file: 'shared/replays/replay-run.ts',
    line: 'let { after } = walk;',
    becomes: 'let after: string | undefined;',
    caughtBy: 'tests/shared/replays/walk.test.ts',
  },
  {
    name: 'a stretch of a timeline leaves out what shares a document with what came before it',
    file: 'shared/capabilities/timelines/entries-in.ts',
    line: "let from = ids.from === undefined ? '' : idsAfter(ids.from, -longestMs);",
    becomes: "let from = ids.from ?? '';",
    caughtBy: 'tests/shared/capabilities/timeline.test.ts',
  },
  {
    name: 'a page of a timeline does not look for what is newer in documents that began before its last entry',
    file: 'shared/capabilities/timelines/entries-in.ts',
    line: 'if (last !== undefined) from = laterOf(from, idsAfter(last.id, -longestMs));',
    becomes: 'if (last !== undefined) from = laterOf(from, last.id);',
    caughtBy: 'tests/shared/capabilities/timeline.test.ts',
  },
  {
    name: 'a rebuild leaves entries of a timeline as they are that share a document',
    file: 'shared/capabilities/timelines/timeline-entry.ts',
    line: 'const known = work.isRebuild ? [] : work.loaded(TimelineEntry).filter(({ exists }) => exists);',
    becomes: 'const known = work.loaded(TimelineEntry).filter(({ exists }) => exists);',
    caughtBy: 'tests/shared/capabilities/timeline.test.ts',
  },
];
